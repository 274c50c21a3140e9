/**
 * The posts of the sandbox's channels: made-up vacancies in many wordings, the same for the same
 * seed, as a history to begin with and as a feed that goes on.
 *
 * <p>No person or company in them is real.
 */
@NullMarked
package dev.jobradar.sandbox.feed;

import org.jspecify.annotations.NullMarked;
