package dev.jobradar.sandbox.world;

/**
 * The answer to something that Telegram does not allow: an RPC error's code and name. Cheap to
 * throw: it carries no stack trace.
 */
public final class RpcErrorException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The code, such as 400. */
  private final int code;

  public RpcErrorException(int code, String name) {
    super(name, null, false, false);
    this.code = code;
  }

  /** A 400: the request is wrong. */
  public static RpcErrorException badRequest(String name) {
    return new RpcErrorException(400, name);
  }

  /** The code, such as 400. */
  public int code() {
    return code;
  }

  /** The name, such as {@code PEER_ID_INVALID}. */
  public String name() {
    return String.valueOf(getMessage());
  }
}
