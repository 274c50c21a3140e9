package dev.jobradar.sandbox.event;

import org.jspecify.annotations.Nullable;

/**
 * Whom a command is meant for; what is null, and a data centre of 0, stands for any.
 *
 * @param authKeyId the key
 * @param userId the account
 * @param phone the account, by its number
 * @param dc the data centre's number
 * @param method the method that is called
 */
public record Whom(
    @Nullable Long authKeyId,
    @Nullable Long userId,
    @Nullable String phone,
    int dc,
    @Nullable String method) {}
