package dev.jobradar.launcher.telegram;

import dev.jobradar.mtproto.ConnectionClosedException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.TransportException;

/** What went wrong, in words that say what to do. */
final class Failures {
  private Failures() {}

  static String words(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RpcException.SessionEnded ended) {
        return "Telegram has ended this sign-in (" + ended.reason() + "): log in anew";
      }
      if (cause instanceof TransportException transport
          && transport.is(TransportException.AUTH_KEY_NOT_FOUND)) {
        return "the data centre does not know this sign-in: log in anew";
      }
    }
    if (failure instanceof RpcException error) {
      return words(error);
    }
    if (failure instanceof ConnectionClosedException
        && failure.getCause() instanceof RuntimeException cause) {
      return words(cause);
    }
    return message(failure);
  }

  private static String message(RuntimeException failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private static String words(RpcException error) {
    String said =
        switch (error.error()) {
          case "PHONE_NUMBER_INVALID" -> "Telegram does not take this phone number";
          case "PHONE_NUMBER_BANNED" -> "Telegram has banned this phone number";
          case "PHONE_NUMBER_FLOOD" -> "too many sign-ins with this phone number: wait a day";
          case "PHONE_CODE_INVALID", "PHONE_CODE_EMPTY" -> "the code is wrong";
          case "PHONE_CODE_EXPIRED" -> "the code is too old: log in once more to get another";
          case "PASSWORD_HASH_INVALID" -> "the two-step password is wrong";
          case "API_ID_INVALID" -> "TELEGRAM_API_ID and TELEGRAM_API_HASH do not belong together";
          default -> "";
        };
    if (error instanceof RpcException.FloodWait wait) {
      said = "Telegram wants a pause of " + wait.delay().toSeconds() + " s";
    }
    return said.isEmpty() ? message(error) : said + " (" + error.error() + ")";
  }
}
