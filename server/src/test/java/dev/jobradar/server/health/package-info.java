@NullMarked
package dev.jobradar.server.health;

import org.jspecify.annotations.NullMarked;
