package dev.jobradar.server.account;

/** How the posts of a watched channel come. */
public enum WatchMode {
  /** The account has joined it: Telegram pushes them. */
  PUSHED,
  /** It has not: Telegram is asked again and again, as often as it allows; ten channels at most. */
  POLLED,
  /** It has not, and more than ten such are watched: they are polled in turn. */
  IN_TURN
}
