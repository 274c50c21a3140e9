package dev.jobradar.sandbox.feed;

import java.util.List;

/**
 * A kind of job with its name in the forms that posts need.
 *
 * @param one who is needed, nominative
 * @param whom who is wanted, in the accusative
 * @param many several, nominative
 * @param ofMany several, genitive
 * @param english one in English
 * @param skills what they may be asked to know
 */
record JobTitle(
    JobField field,
    String one,
    String whom,
    String many,
    String ofMany,
    String english,
    List<String> skills) {

  JobTitle {
    skills = List.copyOf(skills);
  }

  String englishPlural() {
    return english.endsWith("s") ? english : english + "s";
  }

  /**
   * A role whose Russian name is a noun of the second declension, as nearly all are, with or
   * without an adjective before it.
   */
  static JobTitle of(JobField field, String name, String english, String... skills) {
    int space = name.indexOf(' ');
    String adjective = name.substring(0, space + 1);
    String noun = name.substring(space + 1);
    boolean soft = noun.endsWith("ь");
    boolean velar = "кгх".indexOf(noun.charAt(noun.length() - 1)) >= 0;
    String stem = soft ? noun.substring(0, noun.length() - 1) : noun;
    return new JobTitle(
        field,
        name,
        inflected(adjective, "ого") + stem + (soft ? "я" : "а"),
        inflected(adjective, "ие") + stem + (soft || velar ? "и" : "ы"),
        inflected(adjective, "их") + stem + (soft ? "ей" : "ов"),
        english,
        List.of(skills));
  }

  /** An adjective on -ий or -ый with another ending; the endings are those after к, г and х. */
  private static String inflected(String adjective, String ending) {
    if (adjective.isEmpty()) {
      return "";
    }
    String stem = adjective.substring(0, adjective.length() - 3);
    boolean hard = adjective.endsWith("ый ");
    return stem + (hard ? ending.replace('и', 'ы') : ending) + " ";
  }
}
