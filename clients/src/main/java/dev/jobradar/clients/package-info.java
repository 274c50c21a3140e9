/**
 * Exactly one live Telegram connection per user: {@link dev.jobradar.clients.UserClients} hands out
 * each user's client, and {@link dev.jobradar.clients.PendingSignIns} handles people who are
 * signing in.
 *
 * <p>The application provides a {@link dev.jobradar.clients.SessionStore} that keeps sign-ins, a
 * {@link dev.jobradar.clients.Connector} that makes clients and, for sign-ins, an {@link
 * dev.jobradar.clients.AttemptStore} that counts attempts.
 *
 * <p>Inside, each user has a {@code Slot}. Its {@code SlotState} is a value moved by one pure
 * function, {@code Slot} runs the effects, and a {@code ManagedClient} is the one client in it.
 * {@code DialLimiter} bounds how many clients dial at a time.
 */
@NullMarked
package dev.jobradar.clients;

import org.jspecify.annotations.NullMarked;
