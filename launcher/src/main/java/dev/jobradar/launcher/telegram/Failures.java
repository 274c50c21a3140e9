package dev.jobradar.launcher.telegram;

import dev.jobradar.mtproto.CallFailedException;
import dev.jobradar.mtproto.ConnectionClosedException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.TransportException;

/** What went wrong, in words that say what to do. */
final class Failures {
  private static final String LOG_IN_AGAIN = "run \"jobradar telegram login\" to log in again";

  /** The code of errors that say that a key is not signed in, or no longer. */
  private static final int UNAUTHORIZED = 401;

  private Failures() {}

  /** Whether a failure means that the stored sign-in can never be used again. */
  static boolean isSignInOver(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RpcException refused && isSignInOver(refused)) {
        return true;
      }
      if (isKeyUnknown(cause)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSignInOver(RpcException refused) {
    return refused instanceof RpcException.SessionEnded || refused.code() == UNAUTHORIZED;
  }

  private static boolean isKeyUnknown(Throwable cause) {
    return cause instanceof TransportException transport
        && transport.is(TransportException.AUTH_KEY_NOT_FOUND);
  }

  static String words(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RpcException refused && isSignInOver(refused)) {
        return ended(refused);
      }
      if (isKeyUnknown(cause)) {
        return "the data centre does not know this sign-in any more: " + LOG_IN_AGAIN;
      }
    }
    // A call may fail because of what Telegram answered to the connection's first query.
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RpcException refused) {
        return words(refused);
      }
    }
    return switch (failure) {
      case ConnectionClosedException e when e.getCause() instanceof RuntimeException cause ->
          words(cause);
      case CallFailedException e -> unreachable(e);
      case TransportException e -> unreachable(e);
      default -> message(failure);
    };
  }

  private static String unreachable(RuntimeException failure) {
    return "Telegram cannot be reached: " + message(failure) + "; check the network and try again";
  }

  private static String message(RuntimeException failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private static String ended(RpcException refused) {
    return switch (refused.error()) {
      case "USER_DEACTIVATED", "USER_DEACTIVATED_BAN", "PHONE_NUMBER_BANNED" ->
          "Telegram has closed this account (" + refused.error() + "): ask recover@telegram.org";
      case "AUTH_KEY_DUPLICATED" ->
          "Telegram has ended this sign-in because two programs used it at once"
              + " (AUTH_KEY_DUPLICATED): stop the other one, then "
              + LOG_IN_AGAIN;
      default -> "Telegram has ended this sign-in (" + refused.error() + "): " + LOG_IN_AGAIN;
    };
  }

  private static String words(RpcException error) {
    String advice =
        switch (error) {
          case RpcException.FloodWait wait ->
              "Telegram asks for a pause: try again in " + wait.delay().toSeconds() + " s";
          case RpcException.SlowModeWait wait ->
              "this chat is in slow mode: try again in " + wait.delay().toSeconds() + " s";
          case RpcException.AccountFrozen _ ->
              "Telegram has frozen this account: ask @SpamBot for details";
          default -> advice(error);
        };
    return advice + " (" + error.error() + ")";
  }

  private static String advice(RpcException error) {
    return switch (error.error()) {
      case "PHONE_NUMBER_INVALID" ->
          "Telegram does not accept this phone number: enter it with the country code";
      case "PHONE_NUMBER_BANNED" ->
          "Telegram has banned this phone number: ask recover@telegram.org";
      case "PHONE_NUMBER_FLOOD", "PHONE_PASSWORD_FLOOD" ->
          "too many sign-ins with this phone number: try again tomorrow";
      case "PHONE_CODE_INVALID", "PHONE_CODE_EMPTY" ->
          "the code is wrong: log in again and enter the newest code";
      case "PHONE_CODE_EXPIRED" -> "the code has expired: log in again to get another one";
      case "PASSWORD_HASH_INVALID" ->
          "the two-step password is wrong: it is the one set in Telegram's privacy settings";
      case "SEND_CODE_UNAVAILABLE" ->
          "Telegram has no other way to send the code: wait for it, or log in again later";
      case "API_ID_INVALID" ->
          "TELEGRAM_API_ID and TELEGRAM_API_HASH do not belong together: check them at"
              + " my.telegram.org";
      case "API_ID_PUBLISHED_FLOOD" ->
          "this TELEGRAM_API_ID is public: get one of your own at my.telegram.org";
      case "UPDATE_APP_TO_LOGIN" -> "Telegram wants a newer client: update JobRadar";
      default ->
          error.code() >= 500 || error.code() < 0
              ? "Telegram failed to execute " + error.method() + ": try again later"
              : "Telegram refuses "
                  + error.method()
                  + ", and will again: core.telegram.org/api/errors explains the error";
    };
  }
}
