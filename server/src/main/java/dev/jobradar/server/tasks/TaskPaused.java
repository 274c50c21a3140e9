package dev.jobradar.server.tasks;

import dev.jobradar.clients.UserId;

/** Published, after the transaction, when a task was paused and not by its owner. */
public record TaskPaused(UserId user, TaskId task, PauseReason reason) {}
