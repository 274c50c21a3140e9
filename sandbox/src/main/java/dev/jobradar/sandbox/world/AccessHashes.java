package dev.jobradar.sandbox.world;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Access hashes: what shows that an account has met a peer. Each account has its own for the same
 * peer, so another's is no use to it. They are computed from a secret and not stored. Thread-safe.
 */
final class AccessHashes {

  private final byte[] secret;

  AccessHashes(byte[] secret) {
    this.secret = secret.clone();
  }

  /** The hash by which {@code viewer} names {@code peer}; never 0, which stands for "none". */
  long of(UserId viewer, Peer peer) {
    ByteBuffer input = ByteBuffer.allocate(secret.length + 1 + 2 * Long.BYTES).put(secret);
    switch (peer) {
      case UserId(long id) -> input.put((byte) 'u').putLong(id);
      case ChannelId(long id) -> input.put((byte) 'c').putLong(id);
    }
    input.putLong(viewer.value());
    long hash = ByteBuffer.wrap(sha256(input.array())).getLong();
    return hash == 0 ? 1 : hash;
  }

  private static byte[] sha256(byte[] input) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(input);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
