/**
 * Framing: how MTProto packets are cut out of a byte stream and put into one, for clients and for
 * servers (core.telegram.org/mtproto/mtproto-transports).
 *
 * <p>Nothing here opens a socket, starts a thread or reads a clock. A {@link
 * dev.jobradar.mtproto.transport.Transport} says how a client wants to speak and opens a {@link
 * dev.jobradar.mtproto.transport.Codec}; a server finds out with a {@link
 * dev.jobradar.mtproto.transport.TransportDetector}. Both then exchange {@link
 * dev.jobradar.mtproto.transport.Frame}s.
 *
 * <p>A decoder hands out the buffer it wants filled next, so a reader holds four bytes while a
 * connection is idle and a body only while one is on its way; a body's memory is taken as its bytes
 * arrive, never by a declared length alone.
 */
@NullMarked
package dev.jobradar.mtproto.transport;

import org.jspecify.annotations.NullMarked;
