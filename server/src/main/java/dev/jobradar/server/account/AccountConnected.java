package dev.jobradar.server.account;

import dev.jobradar.clients.UserId;

/** Published when a user's connection works, for the first time or again. */
public record AccountConnected(UserId user) {}
