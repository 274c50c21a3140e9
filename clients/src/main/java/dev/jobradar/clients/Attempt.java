package dev.jobradar.clients;

/**
 * Something that is counted to limit how often it happens.
 *
 * @param kind what is attempted
 * @param scope what it counts against
 * @param subject the phone number (digits) or the address; empty for the whole server
 */
public record Attempt(Kind kind, Scope scope, String subject) {
  /** What is attempted. */
  public enum Kind {
    /** A code is requested from Telegram. */
    CODE_REQUEST,
    /** A wrong code or two-step password is entered. */
    WRONG_ENTRY
  }

  /** What it counts against. */
  public enum Scope {
    /** For one phone number. */
    PHONE,
    /** For one client address. */
    ADDRESS,
    /** For the whole server: Telegram locks out servers that send many wrong codes. */
    SERVER
  }

  /** Phone numbers stay out of logs. */
  @Override
  public String toString() {
    return kind + " per " + scope;
  }
}
