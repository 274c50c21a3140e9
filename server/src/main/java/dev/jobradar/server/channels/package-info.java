/**
 * Channels as each user's account sees them: what a name means, resolved once and remembered;
 * checks of names that people enter, and the faults of channels; how far a watched channel was
 * read.
 */
@NullMarked
package dev.jobradar.server.channels;

import org.jspecify.annotations.NullMarked;
