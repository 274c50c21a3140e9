package dev.jobradar.server.filter;

import java.util.ArrayList;
import java.util.List;

/**
 * Strips the endings of words that no dictionary knows, mostly slang and names. It removes only
 * inflections of nouns and adjectives, never a suffix that makes another word.
 */
final class Endings {
  private static final int LEAST_STEM = 3;

  private static final String[] RUSSIAN = {
    "а", "я", "о", "е", "у", "ю", "ы", "и", "ь", "й", "ам", "ям", "ом", "ем", "ах", "ях", "ов",
    "ев", "ей", "ой", "ою", "ею", "ью", "ами", "ями", "ый", "ий", "ая", "яя", "ое", "ее", "ые",
    "ие", "ых", "их", "ым", "им", "ого", "его", "ому", "ему", "ыми", "ими", "ую", "юю"
  };

  private Endings() {}

  /** The possible stems of a Russian word, the word itself among them. */
  static List<String> russian(String word) {
    List<String> stems = new ArrayList<>();
    stems.add(word);
    if (word.length() <= LEAST_STEM
        || "аяоеуюыийьмхв".indexOf(word.charAt(word.length() - 1)) < 0) {
      return withoutVowel(word, stems);
    }
    for (String ending : RUSSIAN) {
      if (word.endsWith(ending) && word.length() - ending.length() >= LEAST_STEM) {
        stems.add(word.substring(0, word.length() - ending.length()));
      }
    }
    return stems;
  }

  /** The fleeting vowel of "нейронок" is not in "нейронка". */
  private static List<String> withoutVowel(String word, List<String> stems) {
    if (word.length() > LEAST_STEM + 2 && (word.endsWith("ок") || word.endsWith("ек"))) {
      stems.add(word.substring(0, word.length() - 2) + "к");
    }
    return stems;
  }

  /** The possible singulars of an English noun, the word itself among them. */
  static List<String> english(String word) {
    List<String> stems = new ArrayList<>();
    stems.add(word);
    if (word.length() <= LEAST_STEM || word.endsWith("ss")) {
      return stems;
    }
    if (word.endsWith("ies")) {
      stems.add(word.substring(0, word.length() - 3) + "y");
    }
    if (word.endsWith("es")) {
      stems.add(word.substring(0, word.length() - 2));
    }
    if (word.endsWith("s")) {
      stems.add(word.substring(0, word.length() - 1));
    }
    return stems;
  }
}
