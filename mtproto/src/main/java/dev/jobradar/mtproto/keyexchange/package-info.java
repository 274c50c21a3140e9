/**
 * Making an authorisation key (core.telegram.org/mtproto/auth_key): the client's side, {@link
 * dev.jobradar.mtproto.keyexchange.ClientKeyExchange}, and the server's, {@link
 * dev.jobradar.mtproto.keyexchange.ServerKeyExchange}. Packets, the time and randomness go in,
 * packets and decisions come out; no I/O, threads or clock. Times are milliseconds since 1970.
 *
 * <p>Every check of that page and of core.telegram.org/mtproto/security_guidelines is made, on both
 * sides, and none can be turned off.
 */
@NullMarked
package dev.jobradar.mtproto.keyexchange;

import org.jspecify.annotations.NullMarked;
