package dev.jobradar.mtproto.crypto;

/**
 * Which way an encrypted message goes. Each way takes its secrets from another part of the key:
 * that is x of core.telegram.org/mtproto/description, "Defining AES Key and Initialization Vector".
 */
public enum MessageDirection {
  /** From client to server. */
  TO_SERVER(0),
  /** From server to client. */
  TO_CLIENT(8);

  private final int x;

  MessageDirection(int x) {
    this.x = x;
  }

  int x() {
    return x;
  }
}
