package dev.jobradar.sandbox.net;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.UserId;

/** A client's session as it is seen from above. Safe for use by many threads. */
public interface ClientLink {
  /** The data centre that it is connected with. */
  DcId dc();

  /**
   * The key that it acts for: its own, or once a temporary key was {@linkplain #bind bound} the
   * permanent one.
   */
  KeyId key();

  /** Whether its key is a temporary one that was not bound yet. */
  boolean isUnbound();

  /** Its number, chosen by the client. */
  long sessionId();

  /** The connections of its key, as the server counts them. */
  ConnectionCount connections();

  /**
   * Sends an update, now if the client is connected, else when it is again. Updates arrive in the
   * order of the calls.
   *
   * @param update boxed {@code Updates} as TL bytes, not changed afterwards
   */
  void push(byte[] update);

  /**
   * Binds the session's temporary key to a permanent one (auth.bindTempAuthKey; the parameters are
   * that method's).
   *
   * @param call the query, whose message id is part of the proof
   */
  BindResult bind(
      RpcCall call, KeyId permanentKey, long nonce, int expiresAt, byte[] encryptedMessage);

  /**
   * The session's key is signed in to this account from now on. To be called before the answer that
   * tells the client, so that its connections are counted.
   */
  void signedIn(UserId account);

  /** The session's key is signed in to no account any more. */
  void signedOut();

  /** What came of {@link #bind}; all but the first are names of errors with the code 400. */
  enum BindResult {
    /** The key is bound. */
    BOUND,
    /** The proof was not made with the permanent key, or not for this query and session. */
    ENCRYPTED_MESSAGE_INVALID,
    /** The query was not sent with a temporary key. */
    TEMP_AUTH_KEY_EMPTY,
    /** The temporary key belongs to another permanent key. */
    TEMP_AUTH_KEY_ALREADY_BOUND,
    /** The time is over, or is not the one that the key was made for. */
    EXPIRES_AT_INVALID
  }
}
