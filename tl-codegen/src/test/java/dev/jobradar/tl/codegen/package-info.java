/** Tests of the package of this name. */
@NullMarked
package dev.jobradar.tl.codegen;

import org.jspecify.annotations.NullMarked;
