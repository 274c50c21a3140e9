/**
 * The cryptography of MTProto 2.0 with the JDK alone: AES-IGE and AES-CTR, RSA with Telegram's
 * padding, the Diffie-Hellman checks, the factors of pq, two-step passwords (SRP) and what is
 * derived from an authorisation key. No I/O, no clock, no TL; randomness is handed in.
 *
 * <p>What another party sent wrongly is a {@link dev.jobradar.mtproto.ProtocolException}; what the
 * caller did wrongly is an {@link java.lang.IllegalArgumentException}.
 */
@NullMarked
package dev.jobradar.mtproto.crypto;

import org.jspecify.annotations.NullMarked;
