package dev.jobradar.clients;

import dev.jobradar.telegram.session.SavedSession;

/** What is stored of a user's sign-in. */
public sealed interface StoredSession {
  /** Nothing: the user never signed in, or their sign-in was deleted. */
  record None() implements StoredSession {}

  /** A sign-in that Telegram ended: it is never tried again. */
  record Ended(SessionEnd end) implements StoredSession {}

  /** A sign-in that is valid as far as is known. One without a key counts as none. */
  record Valid(SavedSession session) implements StoredSession {}
}
