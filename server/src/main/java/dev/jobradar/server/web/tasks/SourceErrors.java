package dev.jobradar.server.web.tasks;

import dev.jobradar.server.account.AccountException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** The stable names of what can be wrong with a source, and their words for people. */
@Component
public class SourceErrors {
  /** Nobody has this name. */
  public static final String NO_SUCH_NAME = "NO_SUCH_NAME";

  /** A person or a bot has this name. */
  public static final String NOT_A_CHANNEL = "NOT_A_CHANNEL";

  /** Telegram wants the account to wait. */
  public static final String FLOOD_WAIT = "FLOOD_WAIT";

  /** Telegram cannot be reached, or did not answer in time. */
  public static final String UNREACHABLE = "UNREACHABLE";

  /** The user has no Telegram session. */
  public static final String NOT_SIGNED_IN = "NOT_SIGNED_IN";

  /** Telegram ended the user's session. */
  public static final String SESSION_ENDED = "SESSION_ENDED";

  /** Telegram was not asked yet. */
  public static final String NOT_YET = "NOT_YET";

  private final MessageSource messages;

  SourceErrors(MessageSource messages) {
    this.messages = messages;
  }

  /** The stable name of a failure. */
  public static String of(AccountException failure) {
    return switch (failure) {
      case AccountException.NoSuchName nobody -> nobody.taken() ? NOT_A_CHANNEL : NO_SUCH_NAME;
      case AccountException.Refused refused -> refused.error();
      case AccountException.FloodWait _, AccountException.SlowMode _ -> FLOOD_WAIT;
      case AccountException.Unreachable _ -> UNREACHABLE;
      case AccountException.NotSignedIn _ -> NOT_SIGNED_IN;
      case AccountException.SessionEnded _ -> SESSION_ENDED;
    };
  }

  /**
   * What a person is told, in their language.
   *
   * @param wait for how long, where the error knows that
   */
  public String text(String error, @Nullable Duration wait, Locale locale) {
    if (wait != null) {
      return messages.getMessage(
          "source." + error, new Object[] {Math.max(1, wait.toSeconds())}, locale);
    }
    String known = messages.getMessage("source." + error, null, null, locale);
    return known != null
        ? known
        : messages.getMessage("source.other", new Object[] {error}, locale);
  }
}
