@NullMarked
package dev.jobradar.server.stats;

import org.jspecify.annotations.NullMarked;
