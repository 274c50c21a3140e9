package dev.jobradar.server.signin;

import dev.jobradar.clients.UserId;

/**
 * A user's Telegram session was ended and deleted, so that they have to sign in again; or, of
 * somebody disabled, is used no more, if Telegram could not be told.
 */
public record TelegramDisconnected(UserId user) {}
