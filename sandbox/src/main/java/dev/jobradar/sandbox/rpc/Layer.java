package dev.jobradar.sandbox.rpc;

import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.TlObject;

/** A layer of the schema: how a client that speaks it is read and answered. */
interface Layer {

  /**
   * Reads a method, which must fill the array to its end.
   *
   * @throws dev.jobradar.tl.TlException when there is none
   */
  TlMethod<?> readMethod(byte[] query, int offset);

  /** The boxed form of what a method results in. */
  byte[] write(TlMethod<?> method, Object result);

  /** The boxed form of an object. */
  byte[] write(TlObject object);
}
