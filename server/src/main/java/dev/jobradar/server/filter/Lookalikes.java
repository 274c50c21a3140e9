package dev.jobradar.server.filter;

import com.ibm.icu.text.SpoofChecker;
import java.util.HashMap;
import java.util.Map;

/**
 * Letters that look the same, small or capital, by Unicode's data on confusable characters (UTS
 * 39). Safe for use by several threads.
 */
final class Lookalikes {
  /** Scripts whose letters look like Latin or Cyrillic ones; all in the first plane. */
  private static final int[][] BLOCKS = {
    {'a', 'z'},
    {0x0100, 0x02AF},
    {0x0370, 0x03FF},
    {0x0400, 0x058F},
    {0x13A0, 0x13FF},
    {0x1E00, 0x1FFF},
    {0x2C80, 0x2CFF},
    {0xA4D0, 0xA4FF},
    {0xAB70, 0xABBF}
  };

  private static final Map<Character, Character> LATIN = new HashMap<>();
  private static final Map<Character, Character> CYRILLIC = new HashMap<>();

  static {
    SpoofChecker checker = new SpoofChecker.Builder().build();
    Map<String, Character> latin = bySkeleton(checker, 'a', 'z');
    Map<String, Character> cyrillic = bySkeleton(checker, 'а', 'я');
    for (int[] block : BLOCKS) {
      for (int point = block[0]; point <= block[1]; point++) {
        char letter = (char) point;
        if (Character.isLetter(letter)) {
          add(checker, letter, Script.LATIN, latin, LATIN);
          add(checker, letter, Script.CYRILLIC, cyrillic, CYRILLIC);
        }
      }
    }
  }

  private Lookalikes() {}

  /** An alphabet by what its letters look like; small letters take precedence. */
  private static Map<String, Character> bySkeleton(SpoofChecker checker, char first, char last) {
    Map<String, Character> letters = new HashMap<>();
    for (char letter = first; letter <= last; letter++) {
      letters.putIfAbsent(checker.getSkeleton(String.valueOf(letter)), letter);
    }
    for (char letter = first; letter <= last; letter++) {
      letters.putIfAbsent(capitalSkeleton(checker, letter), letter);
    }
    return letters;
  }

  private static String capitalSkeleton(SpoofChecker checker, char letter) {
    return checker.getSkeleton(String.valueOf(Character.toUpperCase(letter)));
  }

  private static void add(
      SpoofChecker checker,
      char letter,
      Script own,
      Map<String, Character> alphabet,
      Map<Character, Character> to) {
    if (Script.of(letter) == own && letter < 0x460) {
      return;
    }
    Character same = alphabet.get(checker.getSkeleton(String.valueOf(letter)));
    if (same == null) {
      same = alphabet.get(capitalSkeleton(checker, letter));
    }
    if (same != null && same != letter) {
      to.put(letter, same);
    }
  }

  /** The word in Latin letters, or as it is when one of its letters looks like none of them. */
  static String toLatin(String word) {
    return swap(word, LATIN, Script.LATIN);
  }

  /** The word in Cyrillic letters, or as it is when one of its letters looks like none of them. */
  static String toCyrillic(String word) {
    return swap(word, CYRILLIC, Script.CYRILLIC);
  }

  private static String swap(String word, Map<Character, Character> letters, Script wanted) {
    StringBuilder swapped = new StringBuilder(word);
    for (int i = 0; i < word.length(); i++) {
      Character same = letters.get(word.charAt(i));
      if (same != null) {
        swapped.setCharAt(i, same);
      } else {
        Script script = Script.of(word.charAt(i));
        if (script.isLetter() && script != wanted) {
          return word;
        }
      }
    }
    return swapped.toString();
  }
}
