/**
 * What the service does with a user's Telegram account, as one small, closed interface: {@link
 * dev.jobradar.server.account.Accounts} down, {@link dev.jobradar.server.account.AccountEvents} up.
 *
 * <p>Arguments and results are plain values. Nothing above this package holds a client or a
 * connection, so that a call can be served by another machine when that one has the user's
 * connection. In here, {@code UserClients} is the one door to connections.
 *
 * <p>Telegram's FLOOD_WAIT is obeyed here, for every call and over restarts. {@link
 * dev.jobradar.server.account.AccountConnected} and {@link
 * dev.jobradar.server.account.SessionEnded} are published as events.
 */
@NullMarked
package dev.jobradar.server.account;

import org.jspecify.annotations.NullMarked;
