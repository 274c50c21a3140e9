package dev.jobradar.server.signin;

import dev.jobradar.clients.UserId;

/** A user has logged out: their client is closed, their Telegram session is still good. */
public record UserLoggedOut(UserId user) {}
