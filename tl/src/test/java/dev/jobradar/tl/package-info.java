/** Tests of TL at run time and of the generated types. */
@NullMarked
package dev.jobradar.tl;

import org.jspecify.annotations.NullMarked;
