/** Tells what keywords would have caught among the last posts of sources; stores nothing. */
@NullMarked
package dev.jobradar.server.preview;

import org.jspecify.annotations.NullMarked;
