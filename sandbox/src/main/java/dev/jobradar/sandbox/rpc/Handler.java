package dev.jobradar.sandbox.rpc;

/**
 * Answers one method.
 *
 * @param <M> the method
 * @param <R> what it results in
 */
@FunctionalInterface
interface Handler<M, R> {

  /**
   * Answers a call.
   *
   * @throws dev.jobradar.sandbox.world.RpcErrorException with the error to answer instead
   */
  R answer(M call, Caller caller);
}
