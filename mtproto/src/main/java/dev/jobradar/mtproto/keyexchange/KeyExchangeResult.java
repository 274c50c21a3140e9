package dev.jobradar.mtproto.keyexchange;

import dev.jobradar.mtproto.crypto.AuthKey;

/**
 * A client's result of a key exchange.
 *
 * @param key the new authorisation key
 * @param firstSalt the salt that it begins with
 * @param timeOffset the server's time minus the local time, in milliseconds; the server tells whole
 *     seconds, so it may be up to a second too little, and the network's delay besides
 */
public record KeyExchangeResult(AuthKey key, long firstSalt, long timeOffset) {}
