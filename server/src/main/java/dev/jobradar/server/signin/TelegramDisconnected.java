package dev.jobradar.server.signin;

import dev.jobradar.server.users.UserId;

/** A user's Telegram session was ended and deleted: they have to sign in again. */
public record TelegramDisconnected(UserId user) {}
