/**
 * The session core: encrypted messages and service messages, without I/O, threads or clock.
 *
 * <p>Bytes and the time go in, bytes and decisions come out. Client and server share {@link
 * dev.jobradar.mtproto.session.EncryptedMessage}, {@link dev.jobradar.mtproto.session.MessageIds},
 * {@link dev.jobradar.mtproto.session.ReceivedIds} and {@link
 * dev.jobradar.mtproto.session.MessageContainer}; {@link
 * dev.jobradar.mtproto.session.ClientSession} and {@link
 * dev.jobradar.mtproto.session.ServerSession} are the two ends. Times are milliseconds since 1970;
 * who calls makes sure that they never run backwards.
 *
 * <p>Nothing here is thread-safe: one lock around a session is the caller's business.
 */
@NullMarked
package dev.jobradar.mtproto.session;

import org.jspecify.annotations.NullMarked;
