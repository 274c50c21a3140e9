/**
 * MTProto 2.0 for Java: a client's one encrypted connection, and the parts that a server shares.
 *
 * <p>This package holds what every other one speaks of: the exceptions, {@link
 * dev.jobradar.mtproto.DcId} and the kinds of error that Telegram answers. Below it, from the bytes
 * up: {@code transport} (framing), {@code crypto}, {@code keyexchange} (making an authorisation
 * key), {@code session} (encrypted messages and service messages, without I/O, threads or clock)
 * and {@code client} (sockets, threads and reconnecting around that core).
 */
@NullMarked
package dev.jobradar.mtproto;

import org.jspecify.annotations.NullMarked;
