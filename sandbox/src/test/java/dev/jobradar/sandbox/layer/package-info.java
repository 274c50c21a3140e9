/** Tests of the package of this name. */
@NullMarked
package dev.jobradar.sandbox.layer;

import org.jspecify.annotations.NullMarked;
