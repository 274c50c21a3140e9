@NullMarked
package dev.jobradar.server.delivery;

import org.jspecify.annotations.NullMarked;
