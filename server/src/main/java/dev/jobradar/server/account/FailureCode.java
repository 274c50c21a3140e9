package dev.jobradar.server.account;

/**
 * Stable names of what can go wrong with an account, as the database, the API and the texts have
 * them. Where Telegram gives a name of its own, such as {@code CHANNEL_PRIVATE}, that one is used.
 */
public final class FailureCode {
  /** No channel, group, person or bot has this name. */
  public static final String NO_SUCH_NAME = "NO_SUCH_NAME";

  /** A person or a bot has this name. */
  public static final String NOT_A_CHANNEL = "NOT_A_CHANNEL";

  /** Telegram wants the account to wait. */
  public static final String FLOOD_WAIT = "FLOOD_WAIT";

  /** Telegram cannot be reached, or did not answer in time. */
  public static final String UNREACHABLE = "UNREACHABLE";

  /** Telegram answers with something that this version cannot read. */
  public static final String UNREADABLE = "UNREADABLE";

  /** Telegram was reached, and answers a call with an error of its own. */
  public static final String FAILING = "FAILING";

  /** The user has no Telegram session. */
  public static final String NOT_SIGNED_IN = "NOT_SIGNED_IN";

  /** Telegram ended the user's session. */
  public static final String SESSION_ENDED = "SESSION_ENDED";

  private FailureCode() {}
}
