/**
 * One encrypted connection of a client: sockets, threads, reconnecting and calls around the session
 * core.
 *
 * <p>{@link dev.jobradar.mtproto.client.MtprotoConnection} is the way in. A connection has one
 * virtual thread, which dials, makes the key, reads, and after a failure closes and dials again; a
 * second one exists only while there is something to write, and a third while there is something to
 * tell the listener. {@link dev.jobradar.mtproto.client.ConnectionState} says what it is doing.
 */
@NullMarked
package dev.jobradar.mtproto.client;

import org.jspecify.annotations.NullMarked;
