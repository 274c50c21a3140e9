/**
 * Exactly one live Telegram connection per user: {@link dev.jobradar.clients.UserClients} hands
 * each user's client out, and {@link dev.jobradar.clients.PendingSignIns} looks after people who
 * are signing in.
 *
 * <p>What has to be supplied: a {@link dev.jobradar.clients.SessionStore} that keeps sign-ins, a
 * {@link dev.jobradar.clients.Connector} that makes clients, and for sign-ins an {@link
 * dev.jobradar.clients.AttemptStore} that counts tries.
 *
 * <p>Inside, a user has a {@code Slot}: its {@code SlotState} is a value that one pure function
 * moves, {@code Slot} does what follows from it, and {@code Line} is the one client in it. {@code
 * Pacer} lets only so many dial at a time.
 */
@NullMarked
package dev.jobradar.clients;

import org.jspecify.annotations.NullMarked;
