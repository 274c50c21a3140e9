package dev.jobradar.server.filter;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * What a vacancy's reposts have in common. Emoji, links, contacts, hashtags, white space,
 * punctuation and case are ignored. A line or two may differ, as long as the role, the numbers, the
 * technologies and whatever else tells two vacancies of one company apart stay the same.
 *
 * <p>To find the original of a post, look for an equal {@link #text} first, then compare with
 * {@link #isRepostOf} the posts that share one of the {@link #bands}. Immutable and safe for use by
 * several threads.
 */
public final class Fingerprint {
  /** The number of bands of a text. */
  public static final int BANDS = 10;

  /** Minimum hashes per band; more of them give fewer candidates and miss more reposts. */
  private static final int ROWS = 2;

  private final List<SignificantWord> words;

  private Fingerprint(List<SignificantWord> words) {
    this.words = words;
  }

  /** The fingerprint of a text; any text will do. */
  public static Fingerprint of(String text) {
    return new Fingerprint(SignificantWords.in(text));
  }

  /**
   * A short text that is equal for texts of the same words; empty when the text has none. It is the
   * same in every process, but may change with the version of the service.
   */
  public String text() {
    if (words.isEmpty()) {
      return "";
    }
    MessageDigest digest = sha256();
    for (SignificantWord word : words) {
      digest.update(word.surface().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(digest.digest(), 15));
  }

  /**
   * Numbers of which two reposts nearly always share at least one, and different posts seldom do:
   * {@link #BANDS} of them, or none when the text has no words.
   */
  public List<Long> bands() {
    if (words.isEmpty()) {
      return List.of();
    }
    Set<String> surfaces = new HashSet<>();
    words.forEach(word -> surfaces.add(word.surface()));
    long[] least = new long[BANDS * ROWS];
    Arrays.fill(least, Long.MAX_VALUE);
    for (String surface : surfaces) {
      long hash =
          ByteBuffer.wrap(sha256().digest(surface.getBytes(StandardCharsets.UTF_8))).getLong();
      for (int i = 0; i < least.length; i++) {
        least[i] = Math.min(least[i], mix(hash + i * 0x9E3779B97F4A7C15L));
      }
    }
    return LongStream.range(0, BANDS)
        .map(band -> mix(least[(int) band * ROWS] * 31 + least[(int) band * ROWS + 1] + band))
        .boxed()
        .toList();
  }

  /** Whether both are the same vacancy with trivial changes. Symmetric. */
  public boolean isRepostOf(Fingerprint other) {
    return !words.isEmpty() && RepostComparison.same(words, other.words);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The finalizer of splitmix64. */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
