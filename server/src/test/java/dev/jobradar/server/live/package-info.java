@NullMarked
package dev.jobradar.server.live;

import org.jspecify.annotations.NullMarked;
