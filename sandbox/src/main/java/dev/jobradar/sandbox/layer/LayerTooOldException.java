package dev.jobradar.sandbox.layer;

/**
 * A client's layer is older than all that the sandbox knows. To be answered with {@link #code} and
 * {@link #error}: when Telegram stopped serving layers below 133, it answered sign-ins like this.
 */
public final class LayerTooOldException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LayerTooOldException(int layer, int oldest) {
    super("layer %d is too old, the oldest served is %d".formatted(layer, oldest));
  }

  /** The code of the RPC error. */
  public int code() {
    return 406;
  }

  /** The name of the RPC error. */
  public String error() {
    return "UPDATE_APP_TO_LOGIN";
  }
}
