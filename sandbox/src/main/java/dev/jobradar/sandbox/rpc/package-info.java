/**
 * What the sandbox answers: the methods of Telegram's API on top of the {@linkplain
 * dev.jobradar.sandbox.world.World world}, one class for each group of methods.
 *
 * <p>{@link dev.jobradar.sandbox.rpc.RpcServer} is what the network calls. It unwraps a query,
 * reads it in the client's layer, finds its {@link dev.jobradar.sandbox.rpc.Handler} and writes the
 * answer in that layer. Handlers keep no state of their own but what a sign-in leaves between its
 * steps.
 */
@NullMarked
package dev.jobradar.sandbox.rpc;

import org.jspecify.annotations.NullMarked;
