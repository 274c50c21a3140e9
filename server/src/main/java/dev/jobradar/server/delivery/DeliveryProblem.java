package dev.jobradar.server.delivery;

import dev.jobradar.server.tasks.TaskId;
import java.time.Instant;

/**
 * Why a task's leads do not reach a destination.
 *
 * @param destination {@code self} or the public name of a channel
 * @param error a stable name for the reason, such as {@code CHAT_WRITE_FORBIDDEN}
 * @param at when that was seen last
 */
public record DeliveryProblem(TaskId task, String destination, String error, Instant at) {}
