package dev.jobradar.server.storage;

import org.jspecify.annotations.Nullable;

/** State cannot be used as it is; the message says what to do about it. */
public final class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StorageException(String message) {
    super(message);
  }

  StorageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
