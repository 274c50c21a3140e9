package dev.jobradar.telegram.updates;

/** How the posts of a watched channel come (api/updates#subscribing-to-updates-of-channels). */
public enum UpdateMode {
  /** The account has joined the channel: Telegram pushes what happens there. */
  PUSHED,
  /** It has not: the channel is asked again and again. At most ten channels can be. */
  POLLED
}
