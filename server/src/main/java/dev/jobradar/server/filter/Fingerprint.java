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
import org.jspecify.annotations.Nullable;

/**
 * What a vacancy's reposts have in common. Emoji, white space, punctuation and case are ignored. A
 * line or two may differ, as long as the role, the numbers, the technologies and whatever else
 * tells two vacancies of one company apart stay the same. One of the contacts has to be the same;
 * links and hashtags may then differ, unless they name another page of a site or another place.
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

  /** What is known of two posts apart from their texts. */
  public enum Relation {
    /** Nothing. */
    UNKNOWN,
    /** One is a forward of the other, or both are forwards of the same post. */
    FORWARD
  }

  private final List<SignificantWord> words;
  private final PostMarks marks;

  // Made when they are asked for first: in a race twice, and equal. Both are immutable.
  private @Nullable String text;
  private @Nullable List<Long> bands;

  private Fingerprint(PostReading reading) {
    this.words = reading.words();
    this.marks = reading.marks();
  }

  /** The fingerprint of a text; any text will do. */
  public static Fingerprint of(String text) {
    return of(text, List.of());
  }

  /**
   * The fingerprint of a text with the links that are not written out in it.
   *
   * @param addresses where words and buttons lead, in any order
   */
  public static Fingerprint of(String text, List<String> addresses) {
    return new Fingerprint(PostReading.of(text, addresses));
  }

  /**
   * A short text that is equal for texts of the same words, contacts and links; empty when the text
   * has no words. It is the same in every process, but may change with the version of the service.
   */
  public String text() {
    String known = text;
    if (known == null) {
      known = makeText();
      text = known;
    }
    return known;
  }

  private String makeText() {
    if (words.isEmpty()) {
      return "";
    }
    MessageDigest digest = sha256();
    for (SignificantWord word : words) {
      digest.update(word.surface().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    for (String mark : marks.text()) {
      digest.update((byte) 1);
      digest.update(mark.getBytes(StandardCharsets.UTF_8));
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
    List<Long> known = bands;
    if (known == null) {
      known = makeBands();
      bands = known;
    }
    return known;
  }

  private List<Long> makeBands() {
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
    return isRepostOf(other, Relation.UNKNOWN);
  }

  /**
   * Whether both are the same vacancy with trivial changes. Symmetric.
   *
   * @param relation a forward may have other contacts and links
   */
  public boolean isRepostOf(Fingerprint other, Relation relation) {
    return !words.isEmpty()
        && (relation == Relation.FORWARD || marks.agreeWith(other.marks))
        && RepostComparison.same(words, other.words);
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
