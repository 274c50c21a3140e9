@NullMarked
package dev.jobradar.server.crash;

import org.jspecify.annotations.NullMarked;
