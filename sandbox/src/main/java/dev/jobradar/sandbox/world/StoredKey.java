package dev.jobradar.sandbox.world;

import org.jspecify.annotations.Nullable;

/** An authorisation key as a data centre keeps it. Immutable; its text never shows the secret. */
public final class StoredKey {

  private final KeyId id;
  private final int dc;
  private final byte[] secret;
  private final int expiresAt;
  private final @Nullable KeyId boundTo;

  StoredKey(KeyId id, int dc, byte[] secret, int expiresAt) {
    this(id, dc, secret.clone(), expiresAt, null);
  }

  private StoredKey(KeyId id, int dc, byte[] secret, int expiresAt, @Nullable KeyId boundTo) {
    this.id = id;
    this.dc = dc;
    this.secret = secret;
    this.expiresAt = expiresAt;
    this.boundTo = boundTo;
  }

  public KeyId id() {
    return id;
  }

  /** The data centre it was made at; no other knows it. */
  public int dc() {
    return dc;
  }

  /** A copy of its 256 bytes. */
  public byte[] secret() {
    return secret.clone();
  }

  /** When it ends, unix seconds; 0 for a permanent key. */
  public int expiresAt() {
    return expiresAt;
  }

  public boolean temporary() {
    return expiresAt != 0;
  }

  /** The permanent key that a temporary one acts for; null while it is not bound. */
  public @Nullable KeyId boundTo() {
    return boundTo;
  }

  /** Whose sign-in counts: the permanent key's for a bound one, else its own. */
  public KeyId acting() {
    return boundTo == null ? id : boundTo;
  }

  boolean expired(int now) {
    return expiresAt != 0 && expiresAt <= now;
  }

  StoredKey boundTo(KeyId permanent) {
    return new StoredKey(id, dc, secret, expiresAt, permanent);
  }

  @Override
  public String toString() {
    return "StoredKey[" + id + "]";
  }
}
