package dev.jobradar.server.filter;

/**
 * A keyword that could never match, or a list with too many of them. Show the reason to the person
 * who wrote it.
 */
public final class KeywordException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /** What is wrong with it. */
  public enum Reason {
    /** It is empty. */
    EMPTY,
    /** It has neither a letter nor a digit. */
    NO_WORD,
    /** A {@code *} that does not end a word. */
    STRAY_STAR,
    /** A quotation mark that is not closed. */
    UNBALANCED_QUOTES,
    /** A bracket that is not closed or not opened, or nothing in a pair of them. */
    UNBALANCED_BRACKETS,
    /** An operator without something to work on, or one that may be a dash. */
    STRAY_OPERATOR,
    /** An "or" beside several words: it is not clear which of them it stands between. */
    AMBIGUOUS_OR,
    /** Only what is not wanted, and nothing that is. */
    ONLY_EXCLUSIONS,
    /** More than {@link Keywords#MAX_LENGTH} characters. */
    TOO_LONG,
    /** More than {@link Keywords#MAX_GROUPS} keywords. */
    TOO_MANY
  }

  private final Reason reason;
  private final String keyword;

  KeywordException(Reason reason, String keyword) {
    super(reason + ": " + keyword);
    this.reason = reason;
    this.keyword = keyword;
  }

  /** What is wrong with it. */
  public Reason reason() {
    return reason;
  }

  /** The keyword, word for word; the first one too many for {@link Reason#TOO_MANY}. */
  public String keyword() {
    return keyword;
  }
}
