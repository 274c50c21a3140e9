package dev.jobradar.telegram;

import dev.jobradar.telegram.updates.StallCause;
import java.time.Instant;

/**
 * A watched channel, or the account's own updates, that should deliver and do not.
 *
 * @param cause the kind of failure
 * @param error Telegram's name for it, such as {@code FROZEN_PARTICIPANT_MISSING}, or what is wrong
 *     in short; for logs and for people who run the service
 * @param since when it last delivered, as far as is known
 * @param behind how many events it is behind at least, -1 when that is not known
 * @param historyRead whether posts still arrive: by push, and late from the channel's history
 */
public record Stall(
    StallCause cause, String error, Instant since, int behind, boolean historyRead) {}
