package dev.jobradar.server.filter;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Keywords and posts within the limits, made to cost as much as they can. */
final class HostileInputs {
  /** The longest text of a rich post; an ordinary one has 4,096. */
  static final int LONGEST_TEXT = 32_768;

  /**
   * One input.
   *
   * @param exclude as well as {@code include}, so that all of both are looked at
   */
  record Input(String name, List<String> include, List<String> exclude, String text) {
    int size() {
      return text.length() + length(include) + length(exclude);
    }

    private static int length(List<String> keywords) {
      return keywords.stream().mapToInt(String::length).sum();
    }
  }

  private HostileInputs() {}

  static List<Input> all(int textLength) {
    List<Input> inputs = new ArrayList<>();
    inputs.add(same("98 × a and a rare word", "a ".repeat(98) + "zz", "a ", textLength));
    inputs.add(same("a word that is not there", "a ".repeat(98) + "я", "a ", textLength));
    inputs.add(
        each(
            "phrases of one word, the last one rare",
            i -> quoted("a ".repeat(90 - i % 40) + "b " + "a ".repeat(i % 40)),
            filled("a ", textLength - 4) + "b zz"));
    inputs.add(
        each(
            "phrases of a word and its beginning",
            i -> quoted(mixed(new Random(i), List.of("a ", "a* "), 190) + "c"),
            filled("a ", textLength - 4) + "b c"));
    inputs.add(
        each(
            "phrases of numbers",
            i -> quoted(mixed(new Random(i), List.of("1 ", "1* "), 190) + "c"),
            filled("1 ", textLength - 4) + "b c"));
    inputs.add(
        each(
            "beginnings",
            i ->
                String.join(
                    " ", IntStream.range(1, 18).mapToObj(k -> "a".repeat(k) + "*").toList()),
            filled("a".repeat(20) + " ", textLength)));
    inputs.add(
        each(
            "beginnings and something else",
            i ->
                String.join(" ", IntStream.range(1, 17).mapToObj(k -> "a".repeat(k) + "*").toList())
                    + " z"
                    + i,
            filled("a".repeat(20) + " ", textLength)));
    inputs.add(each("words of all kinds", i -> words(i, 190), distinctWords(textLength)));
    inputs.add(
        each(
            "compounds", i -> "front end ".repeat(18) + "z" + i, filled("front end-", textLength)));
    inputs.add(each("pairs", i -> "a/b ".repeat(45) + "z" + i, filled("a/b b/a ", textLength)));
    inputs.add(
        each(
            "brackets",
            i -> "(a|".repeat(45) + "z" + i + ")".repeat(45),
            filled("b a ", textLength)));
    inputs.add(
        each(
            "brackets without end",
            i -> "(".repeat(90) + "z" + i + ")".repeat(90),
            filled("b a ", textLength)));
    inputs.add(
        each("exclusions", i -> "a -z".concat(" -z" + i).repeat(20), filled("a ", textLength)));
    inputs.add(each("hashtags", i -> "#a ".repeat(60) + "#z" + i, filled("#a ", textLength)));
    inputs.add(each("addresses", i -> "a.ru ".repeat(38) + "z" + i, filled("b.a.ru ", textLength)));
    inputs.add(
        each(
            "forms",
            i -> "разработчик ".repeat(15) + "я" + i,
            filled("разработчики ", textLength)));
    return inputs;
  }

  private static Input same(String name, String keyword, String word, int textLength) {
    List<String> keywords = Collections.nCopies(Keywords.MAX_GROUPS, keyword);
    return new Input(name, keywords, keywords, filled(word, textLength));
  }

  private static Input each(String name, IntFunction<String> keyword, String text) {
    List<String> include = IntStream.range(0, Keywords.MAX_GROUPS).mapToObj(keyword).toList();
    List<String> exclude =
        IntStream.range(Keywords.MAX_GROUPS, 2 * Keywords.MAX_GROUPS).mapToObj(keyword).toList();
    return new Input(name, include, exclude, text);
  }

  private static String quoted(String phrase) {
    return '"' + phrase + '"';
  }

  private static String filled(String part, int length) {
    return part.repeat(length / part.length());
  }

  /** Parts in a random order, so many characters at most. */
  private static String mixed(Random random, List<String> parts, int length) {
    StringBuilder mixed = new StringBuilder();
    String next = parts.get(random.nextInt(parts.size()));
    while (mixed.length() + next.length() <= length) {
      mixed.append(next);
      next = parts.get(random.nextInt(parts.size()));
    }
    return mixed.toString();
  }

  private static String words(int keyword, int length) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; words.length() + 5 < length; i++) {
      words.append(word(keyword * 60 + i)).append(' ');
    }
    return words + "я";
  }

  private static String distinctWords(int length) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; words.length() + 5 < length; i++) {
      words.append(word(i)).append(' ');
    }
    return words.toString();
  }

  private static String word(int number) {
    return Integer.toString(number + 10 * 36, Character.MAX_RADIX).replaceAll("[0-9]", "x");
  }
}
