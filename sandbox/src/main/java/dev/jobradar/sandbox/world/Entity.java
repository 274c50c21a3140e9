package dev.jobradar.sandbox.world;

import org.jspecify.annotations.Nullable;

/**
 * A part of a text with a meaning of its own.
 *
 * @param kind what it is
 * @param offset where it begins, in UTF-16 units
 * @param length how long it is, in UTF-16 units
 * @param argument the address of a {@link Kind#TEXT_URL} or the language of a {@link Kind#PRE};
 *     null for the others
 */
public record Entity(Kind kind, int offset, int length, @Nullable String argument) {

  /** What a part of a text can be. */
  public enum Kind {
    BLOCKQUOTE,
    BOLD,
    BOT_COMMAND,
    CASHTAG,
    CODE,
    EMAIL,
    HASHTAG,
    ITALIC,
    MENTION,
    PHONE,
    PRE,
    SPOILER,
    STRIKE,
    TEXT_URL,
    UNDERLINE,
    URL
  }
}
