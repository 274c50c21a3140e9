package dev.jobradar.server.signin;

import dev.jobradar.clients.UserId;

/** A user has signed in: their Telegram session is stored and their client may be used. */
public record UserSignedIn(UserId user) {}
