/** Clients whose servers answer with everything that there is. */
@NullMarked
package dev.jobradar.telegram.hostile;

import org.jspecify.annotations.NullMarked;
