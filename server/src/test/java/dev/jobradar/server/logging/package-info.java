@NullMarked
package dev.jobradar.server.logging;

import org.jspecify.annotations.NullMarked;
