/**
 * What the sandbox knows: accounts, sign-ins, channels, posts, private messages, and the log of
 * updates that answers a client from any point.
 *
 * <p>{@link dev.jobradar.sandbox.world.World} is the way in. Nothing here does I/O or knows of the
 * wire: the types are values, time is given, and every change is a {@link
 * dev.jobradar.sandbox.world.Change} that a journal can keep and replay.
 */
@NullMarked
package dev.jobradar.sandbox.world;

import org.jspecify.annotations.NullMarked;
