package dev.jobradar.server.tasks;

import dev.jobradar.clients.UserId;

/** Published, after the transaction, when a user's tasks or their sources changed. */
public record TasksChanged(UserId user) {}
