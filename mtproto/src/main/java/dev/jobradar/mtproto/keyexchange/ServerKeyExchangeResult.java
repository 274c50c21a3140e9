package dev.jobradar.mtproto.keyexchange;

import dev.jobradar.mtproto.crypto.AuthKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A server's result of a key exchange.
 *
 * @param key the new authorisation key
 * @param firstSalt the salt that it begins with
 * @param lifetime how long a temporary key lives at most, from now on; null for a permanent one
 */
public record ServerKeyExchangeResult(AuthKey key, long firstSalt, @Nullable Duration lifetime) {}
