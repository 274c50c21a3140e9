package dev.jobradar.clients;

/**
 * Something that is counted so that it does not happen too often.
 *
 * @param kind what is attempted
 * @param scope for whom it is counted
 * @param subject the phone number (digits) or the address; empty for the whole server
 */
public record Attempt(Kind kind, Scope scope, String subject) {
  /** What is attempted. */
  public enum Kind {
    /** A code is asked of Telegram. */
    CODE_REQUEST,
    /** A code or a two-step password is entered, and wrong. */
    WRONG_ENTRY
  }

  /** For whom it is counted. */
  public enum Scope {
    /** For one phone number. */
    PHONE,
    /** For one address that people come from. */
    ADDRESS,
    /** For everybody: Telegram locks out servers from which many wrong codes come. */
    SERVER
  }

  /** Phone numbers stay out of logs. */
  @Override
  public String toString() {
    return kind + " per " + scope;
  }
}
