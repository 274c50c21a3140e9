/** Checks over the whole build: what may depend on what, and how the code is laid out. */
@NullMarked
package dev.jobradar.checks;

import org.jspecify.annotations.NullMarked;
