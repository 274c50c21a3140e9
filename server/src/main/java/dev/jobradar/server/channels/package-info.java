/**
 * Channels as each user's account sees them: what a name means, resolved once and remembered, and
 * how far a watched channel was read.
 */
@NullMarked
package dev.jobradar.server.channels;

import org.jspecify.annotations.NullMarked;
