package dev.jobradar.sandbox.fault;

import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.UserId;
import org.jspecify.annotations.Nullable;

/**
 * The place of an event that a fault may strike.
 *
 * @param dc the data centre's number
 * @param key the authorisation key; null while none is known
 * @param account who is signed in; null for none
 * @param method what is called, by its TL name; null outside of calls
 */
public record FaultSite(
    int dc, @Nullable KeyId key, @Nullable UserId account, @Nullable String method) {}
