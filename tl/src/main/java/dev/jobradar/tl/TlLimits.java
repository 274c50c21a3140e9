package dev.jobradar.tl;

/**
 * What a reader accepts at most. Every length and count is also checked against the bytes that are
 * there, before memory is taken for it.
 *
 * @param maxVectorCount elements of one vector
 * @param maxDepth objects within objects
 * @param maxStringBytes bytes of one string or byte string
 * @param maxUnpackedBytes bytes that gzip_packed values of one message may unpack to, all of them
 *     together, those within others included
 */
public record TlLimits(int maxVectorCount, int maxDepth, int maxStringBytes, int maxUnpackedBytes) {

  /** For whatever a Telegram server or client sends: far above what either is known to send. */
  public static final TlLimits DEFAULT = new TlLimits(1 << 18, 64, 1 << 24, 1 << 24);

  public TlLimits {
    if (maxVectorCount < 0 || maxDepth < 1 || maxStringBytes < 0 || maxUnpackedBytes < 0) {
      throw new IllegalArgumentException(
          "limits must not be negative, and depth at least 1: got %d, %d, %d, %d"
              .formatted(maxVectorCount, maxDepth, maxStringBytes, maxUnpackedBytes));
    }
  }
}
