package dev.jobradar.sandbox.event;

import org.jspecify.annotations.Nullable;

/**
 * Which key, account, data centre or method a command applies to. Null, and data centre 0, mean
 * any.
 *
 * @param authKeyId the key
 * @param userId the account
 * @param phone the account, by its number
 * @param dc the data centre's number
 * @param method the method that is called
 * @param channel the public name of the channel that is meant
 */
public record CommandTarget(
    @Nullable Long authKeyId,
    @Nullable Long userId,
    @Nullable String phone,
    int dc,
    @Nullable String method,
    @Nullable String channel) {}
