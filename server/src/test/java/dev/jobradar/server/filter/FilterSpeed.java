package dev.jobradar.server.filter;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToLongFunction;
import tools.jackson.databind.json.JsonMapper;

/**
 * Prints how fast the filter is, over the posts of the filter set. Not a test: figures of one run
 * on a busy machine say little. Run its {@code main} from an IDE, or with the server's test class
 * path.
 */
final class FilterSpeed {
  private static final int ROUNDS = 8;

  private static long kept;

  private FilterSpeed() {}

  public static void main(String[] args) throws IOException {
    List<String> posts = posts();
    int longest = 4_096;
    List<String> longPosts = List.of(String.join("\n", posts).substring(0, longest));
    long heap = usedHeap();
    measure(
        "first use, with the dictionaries", List.of("разработчик developer"), 1, FilterSpeed::read);
    System.out.printf(
        Locale.ROOT, "%-42s %8d KB%n", "heap for the dictionaries", (usedHeap() - heap) >> 10);
    Keywords keywords =
        Keywords.compile(List.of("java разработчик", "\"product manager\""), List.of("стажёр"));
    List<PostWords> words = posts.stream().map(PostWords::of).toList();
    for (int round = 0; round < ROUNDS; round++) {
      System.out.println("round " + (round + 1));
      measure("read a post of the set", posts, 10, FilterSpeed::read);
      measure("read a post of 4,096 characters", longPosts, 300, FilterSpeed::read);
      measure("ask one task", words, 100, post -> keywords.match(post).isPresent() ? 1 : 0);
      measure(
          "compile keywords",
          List.of("java разработчик"),
          1_000,
          keyword -> Keywords.compile(List.of(keyword), List.of()).hashCode());
      measure("fingerprint", posts, 2, post -> Fingerprint.of(post).bands().size());
    }
    System.out.println("(" + kept + ")");
  }

  private static long read(String post) {
    return PostWords.of(post).hashCode();
  }

  private static <T> void measure(String name, List<T> inputs, int times, ToLongFunction<T> work) {
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      for (T input : inputs) {
        kept += work.applyAsLong(input);
      }
    }
    double micros = (System.nanoTime() - start) / 1e3 / times / inputs.size();
    System.out.printf(Locale.ROOT, "%-42s %8.1f µs%n", name, micros);
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static List<String> posts() throws IOException {
    JsonMapper json = JsonMapper.builder().build();
    InputStream stream =
        Objects.requireNonNull(FilterSpeed.class.getResourceAsStream("/filter/cases.jsonl"));
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return lines.lines().map(line -> json.readTree(line).get("text").asString()).toList();
    }
  }
}
