@NullMarked
package dev.jobradar.server.channels;

import org.jspecify.annotations.NullMarked;
