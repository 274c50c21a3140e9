/** Tests of the package of this name. */
@NullMarked
package dev.jobradar.tl.schema;

import org.jspecify.annotations.NullMarked;
