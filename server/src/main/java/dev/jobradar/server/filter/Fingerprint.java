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
 * punctuation and case are not looked at; a line or two may be other, as long as it is not the
 * role, a figure, a technology or another thing that makes it another vacancy of the same company.
 *
 * <p>To find a post's earlier twin: first by {@link #text}, which is equal for posts that differ in
 * trifles only; then among those that share one of the {@link #bands}, by {@link #isRepostOf}.
 * Immutable and safe for use by several threads.
 */
public final class Fingerprint {
  /** How many bands a text has. */
  public static final int BANDS = 10;

  /** A band is as many least hashes; more make fewer candidates, and more twins missed. */
  private static final int ROWS = 2;

  private final List<TellingWord> words;

  private Fingerprint(List<TellingWord> words) {
    this.words = words;
  }

  /** The fingerprint of a text; any text will do. */
  public static Fingerprint of(String text) {
    return new Fingerprint(TellingWords.in(text));
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
    for (TellingWord word : words) {
      digest.update(word.surface().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(digest.digest(), 15));
  }

  /**
   * Numbers of which two reposts share at least one, nearly always; other posts seldom do. {@link
   * #BANDS} of them, or none when the text has no words.
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

  /** Whether both are the same vacancy, told again with trivial changes. Symmetric. */
  public boolean isRepostOf(Fingerprint other) {
    return !words.isEmpty() && Retelling.same(words, other.words);
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
