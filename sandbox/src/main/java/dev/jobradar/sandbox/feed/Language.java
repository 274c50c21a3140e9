package dev.jobradar.sandbox.feed;

/** What a channel is written in. */
enum Language {
  RUSSIAN,
  ENGLISH
}
