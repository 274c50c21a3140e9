package dev.jobradar.sandbox.layer;

import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.api.TypeUpdates;
import java.util.Optional;

/**
 * Writes answers and updates for clients of one layer. Safe for use by many threads.
 *
 * @see Layers#forLayer
 */
public interface LayerCodec {
  /** The layer whose definitions are used: ours, or a stored one not newer than the client's. */
  int layer();

  /**
   * The boxed result of a call, as the client reads it.
   *
   * @param method what was called, without wrappers such as invokeWithLayer
   * @throws LayerException if the client's layer has nothing like it
   */
  <R> byte[] writeResult(TlMethod<R> method, R result);

  /**
   * Updates as the client reads them, without those that its layer does not know; empty if that
   * leaves nothing to send.
   *
   * @throws LayerException if they hold what is not listed in {@code names.txt}
   */
  Optional<byte[]> writeUpdates(TypeUpdates updates);
}
