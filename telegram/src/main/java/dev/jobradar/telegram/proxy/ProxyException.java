package dev.jobradar.telegram.proxy;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A proxy could not be reached, did not let us in, or could not reach Telegram. The message names
 * the proxy and says what a person can do something about; it never shows user, password or secret.
 */
public final class ProxyException extends IOException {
  private static final long serialVersionUID = 1L;

  ProxyException(String message) {
    super(message);
  }

  ProxyException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
