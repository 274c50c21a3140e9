package dev.jobradar.clients;

import dev.jobradar.telegram.Me;

/**
 * Somebody has signed in, and their client is in place.
 *
 * @param user who it is
 * @param created whether that is a new user
 * @param account the Telegram account
 */
public record CompletedSignIn(UserId user, boolean created, Me account) {}
