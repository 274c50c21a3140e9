@NullMarked
package dev.jobradar.server.storage;

import org.jspecify.annotations.NullMarked;
