package dev.jobradar.sandbox.layer;

import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.api.TypeMessage;
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
   * @param result what the method results in: a TL object, a {@code Boolean}, or a list of objects,
   *     {@code Integer}s, {@code Long}s or strings
   * @throws LayerException if the client's layer has nothing like it
   */
  byte[] writeResult(TlMethod<?> method, Object result);

  /** A boxed message as the client reads it; empty if its layer has nothing like it. */
  Optional<byte[]> writeMessage(TypeMessage message);

  /**
   * Updates as the client reads them, without those that its layer does not know; empty if that
   * leaves nothing to send.
   *
   * @throws LayerException if they hold what is not listed in {@code names.txt}
   */
  Optional<byte[]> writeUpdates(TypeUpdates updates);
}
