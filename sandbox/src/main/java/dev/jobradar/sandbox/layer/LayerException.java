package dev.jobradar.sandbox.layer;

/**
 * A value that an older layer cannot express: it is not in {@code names.txt}, or that layer has
 * nothing like it. A fault of the sandbox, not of the client.
 */
public final class LayerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LayerException(String message) {
    super(message);
  }
}
