package dev.jobradar.server.account;

import dev.jobradar.clients.UserId;

/**
 * Published when Telegram ended a user's session: they have to sign in again.
 *
 * @param reason Telegram's name for it, such as {@code SESSION_REVOKED}
 */
public record SessionEnded(UserId user, String reason) {}
