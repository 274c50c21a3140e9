package dev.jobradar.mtproto.crypto;

import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.Cipher;

/**
 * A few idle ciphers of one kind, shared by all threads. Looking a cipher up costs three times as
 * much as keying one, keeping one per connection costs about 1 KB each, and one per thread means
 * one per connection where each has its virtual thread; so they are borrowed for one operation.
 *
 * <p>Never more than {@value #SLOTS} are kept, whatever the load; when none is idle a new one is
 * made. A returned cipher still holds its last key: every borrower sets its own first.
 */
final class CipherPool {
  private static final int SLOTS = 16;

  private final String transformation;
  private final AtomicReferenceArray<Cipher> idle = new AtomicReferenceArray<>(SLOTS);

  CipherPool(String transformation) {
    this.transformation = transformation;
  }

  /** A cipher for exclusive use until it is returned. */
  Cipher take() {
    for (int i = 0; i < SLOTS; i++) {
      if (idle.get(i) != null) {
        Cipher cipher = idle.getAndSet(i, null);
        if (cipher != null) {
          return cipher;
        }
      }
    }
    return create();
  }

  /** Returns a cipher from {@link #take}; one for which there is no place is dropped. */
  void giveBack(Cipher cipher) {
    for (int i = 0; i < SLOTS; i++) {
      if (idle.get(i) == null && idle.compareAndSet(i, null, cipher)) {
        return;
      }
    }
  }

  private Cipher create() {
    try {
      return Cipher.getInstance(transformation);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(transformation + " is missing from this JDK", e);
    }
  }
}
