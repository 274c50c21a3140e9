package dev.jobradar.sandbox.feed;

import java.util.List;

/**
 * A made-up job.
 *
 * @param from least pay a month, in the currency's units
 * @param to most pay a month; equal to {@code from} where it is fixed
 */
record Vacancy(
    JobTitle role,
    Level level,
    String company,
    int from,
    int to,
    Currency currency,
    FaultSite place,
    List<String> skills,
    String contact) {

  Vacancy {
    skills = List.copyOf(skills);
  }

  /** How much experience is asked for. */
  enum Level {
    JUNIOR("джун", "junior", 0.5),
    MIDDLE("мидл", "middle", 1.0),
    SENIOR("сеньор", "senior", 1.6),
    LEAD("тимлид", "lead", 2.0);

    final String slang;
    final String english;
    final double factor;

    Level(String slang, String english, double factor) {
      this.slang = slang;
      this.english = english;
      this.factor = factor;
    }
  }

  /** What the pay is counted in. */
  enum Currency {
    RUBLE("₽"),
    DOLLAR("$"),
    EURO("€");

    final String sign;

    Currency(String sign) {
      this.sign = sign;
    }
  }

  /** Where the work is done. */
  enum FaultSite {
    REMOTE("удалённо", "remote", "удаленка"),
    OFFICE("офис", "on-site", "офис"),
    HYBRID("гибрид", "hybrid", "гибрид");

    final String russian;
    final String english;
    final String tag;

    FaultSite(String russian, String english, String tag) {
      this.russian = russian;
      this.english = english;
      this.tag = tag;
    }
  }
}
