/**
 * One encrypted connection of a client: sockets, threads, reconnecting and calls around the session
 * core.
 *
 * <p>{@link dev.jobradar.mtproto.client.MtprotoConnection} is the entry point. A connection has one
 * virtual thread, which dials, creates the key, reads, and after a failure closes and redials; a
 * second one exists only while there is something to write, and a third while there are events for
 * the listener. {@link dev.jobradar.mtproto.client.ConnectionState} is its state.
 */
@NullMarked
package dev.jobradar.mtproto.client;

import org.jspecify.annotations.NullMarked;
