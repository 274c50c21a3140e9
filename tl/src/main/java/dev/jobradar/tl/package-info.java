/** TL at run time. */
@NullMarked
package dev.jobradar.tl;

import org.jspecify.annotations.NullMarked;
