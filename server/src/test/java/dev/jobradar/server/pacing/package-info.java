@NullMarked
package dev.jobradar.server.pacing;

import org.jspecify.annotations.NullMarked;
