/**
 * What the sandbox knows: accounts, sign-ins, channels, posts, private messages, and the log of
 * updates that answers a client from any point.
 *
 * <p>{@link dev.jobradar.sandbox.world.World} is the way in: it takes the lock and delivers
 * updates. The decisions are in {@code WorldAccounts}, {@code WorldNames}, {@code WorldKeys},
 * {@code WorldSignIns}, {@code WorldChannels}, {@code WorldPosts}, {@code WorldMessages} and {@code
 * WorldUpdates}; {@code WorldCore} stores and applies what they decide to {@code WorldState}.
 *
 * <p>Nothing here does I/O or knows of the wire: the types are values, time is given, and every
 * change is a {@link dev.jobradar.sandbox.world.Change} that a journal can keep and replay.
 */
@NullMarked
package dev.jobradar.sandbox.world;

import org.jspecify.annotations.NullMarked;
