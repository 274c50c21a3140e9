package dev.jobradar.server.filter;

/** A part of a keyword as it is written. */
sealed interface Lexeme {

  /** Words and signs between white space, or between quotation marks. */
  record Text(String text, boolean quoted) implements Lexeme {}

  /** {@code -}, {@code !} before a word, or {@code NOT}. */
  record Not() implements Lexeme {}

  /**
   * {@code |} or {@code OR}.
   *
   * @param tight whether it has no white space around it, so that it binds its neighbours alone
   */
  record Or(boolean tight) implements Lexeme {}

  /** {@code (}. */
  record Open() implements Lexeme {}

  /** {@code )}. */
  record Close() implements Lexeme {}
}
