package dev.jobradar.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The number of a post as it stands in its text, and so in every message about it. */
public final class PostNumber {
  private static final Pattern NUMBER = Pattern.compile("лид-(\\d+)-лид");

  private PostNumber() {}

  /** How the post's text begins. */
  public static String text(int number) {
    return "лид-" + number + "-лид";
  }

  /** The numbers of the posts that a text tells of. */
  public static List<Integer> in(String text) {
    List<Integer> numbers = new ArrayList<>();
    Matcher matcher = NUMBER.matcher(text);
    while (matcher.find()) {
      numbers.add(Integer.valueOf(matcher.group(1)));
    }
    return numbers;
  }
}
