/**
 * The sandbox's network: ports on 127.0.0.1, one per data centre, and everything of MTProto between
 * a socket and an RPC query. Above it there are bytes of queries, answers and updates only.
 *
 * <p>What is above implements {@link dev.jobradar.sandbox.net.RpcService}. For every MTProto
 * session of a client the network asks it for an {@link dev.jobradar.sandbox.net.RpcSession}, gives
 * that the client's queries as {@link dev.jobradar.sandbox.net.RpcCall}s, and takes updates through
 * the session's {@link dev.jobradar.sandbox.net.ClientLink}. A session outlives connections: a push
 * needs no knowledge of whether there is a socket now.
 *
 * <p>What the network counts — open connections of each key and each account, now and at most — it
 * tells a {@link dev.jobradar.sandbox.net.NetworkListener}.
 */
@NullMarked
package dev.jobradar.sandbox.net;

import org.jspecify.annotations.NullMarked;
