package dev.jobradar.telegram.content;

import java.util.Objects;

/**
 * Something about a part of a text that the text itself does not say. Offsets and lengths count
 * UTF-16 code units, as Telegram does (core.telegram.org/api/entities) and as {@link String} does.
 */
public sealed interface TextEntity {
  /** Where the part begins; 0 or more. */
  int offset();

  /** How long the part is; 1 or more. */
  int length();

  /** Where the part ends, exclusive. */
  default int end() {
    return offset() + length();
  }

  /** The same about a part that begins elsewhere or has another length. */
  TextEntity at(int offset, int length);

  /** How a part looks. */
  enum Style {
    /** Bold. */
    BOLD,
    /** Italic. */
    ITALIC,
    /** Underlined. */
    UNDERLINE,
    /** Struck through. */
    STRIKE,
    /** Hidden until it is tapped. */
    SPOILER,
    /** Fixed width, within a line. */
    CODE,
    /** Fixed width, a block of its own. */
    PRE,
    /** A quotation. */
    QUOTE
  }

  /**
   * A part with a style.
   *
   * @param style how it looks
   */
  record Styled(int offset, int length, Style style) implements TextEntity {
    /** Checks the bounds. */
    public Styled {
      check(offset, length);
      Objects.requireNonNull(style, "style");
    }

    @Override
    public Styled at(int newOffset, int newLength) {
      return new Styled(newOffset, newLength, style);
    }
  }

  /**
   * Words that lead to an address which they do not show.
   *
   * @param url the address, as the author wrote it
   * @param kind where the link stands
   */
  record Link(int offset, int length, String url, Kind kind) implements TextEntity {
    /** Where a link stands. */
    public enum Kind {
      /** In the text. */
      TEXT,
      /** On a button below the message. */
      BUTTON,
      /** In the preview of a page. */
      PREVIEW
    }

    /** Checks the bounds. */
    public Link {
      check(offset, length);
      Objects.requireNonNull(url, "url");
      Objects.requireNonNull(kind, "kind");
    }

    @Override
    public Link at(int newOffset, int newLength) {
      return new Link(newOffset, newLength, url, kind);
    }
  }

  /**
   * A person who is mentioned without an @username.
   *
   * @param userId the person's id
   */
  record MentionName(int offset, int length, long userId) implements TextEntity {
    /** Checks the bounds. */
    public MentionName {
      check(offset, length);
    }

    @Override
    public MentionName at(int newOffset, int newLength) {
      return new MentionName(newOffset, newLength, userId);
    }
  }

  private static void check(int offset, int length) {
    if (offset < 0 || length < 1) {
      throw new IllegalArgumentException(
          "an entity begins at 0 or later and has a length: got %d, %d".formatted(offset, length));
    }
  }
}
