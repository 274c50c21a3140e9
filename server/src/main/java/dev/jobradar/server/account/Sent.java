package dev.jobradar.server.account;

/**
 * A message that was sent.
 *
 * @param messageId its id in the chat, 0 when Telegram did not tell
 * @param repeated whether Telegram had it already, so that no second one was sent
 */
public record Sent(int messageId, boolean repeated) {}
