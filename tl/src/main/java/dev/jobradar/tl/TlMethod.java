package dev.jobradar.tl;

/**
 * A call of a TL function, which knows how its result is read.
 *
 * @param <R> the result: a generated type, {@code Boolean} for Bool, {@code List} for a vector
 */
public interface TlMethod<R> extends TlObject {

  /**
   * Reads a result of this call.
   *
   * @throws TlException if there is none
   */
  R readResult(TlReader reader);
}
