package dev.jobradar.server.filter;

import java.util.Set;

/** Words that a general dictionary takes for something else. */
final class WordExceptions {
  /** Names that are verbs or plurals too: looking for Go is not looking for "went". */
  static final Set<String> NAMES =
      Set.of(
          "go", "react", "rust", "spring", "swift", "dart", "flask", "ruby", "spark", "less",
          "sass", "sas", "aws", "ios", "ops", "redis", "windows", "next", "nest", "it", "us", "ms",
          "ar", "ai", "ml", "ts", "js");

  /** Titles and products that are verbs too: a plural is a form of them, "leading" is none. */
  static final Set<String> NOUNS =
      Set.of(
          "lead", "head", "intern", "coach", "scout", "pilot", "host", "team", "excel", "slack",
          "express", "word", "access", "outlook", "sketch", "zoom", "flutter", "notion", "docker",
          "bash", "dash", "rail", "jest", "unity", "bolt", "sprint", "chef", "puppet", "helm",
          "trainee", "fellow");

  /** Fields of work in -ing: marketing is no form of market. */
  static final Set<String> FIELDS =
      Set.of(
          "marketing",
          "engineering",
          "programming",
          "accounting",
          "banking",
          "training",
          "trading",
          "manufacturing",
          "consulting",
          "advertising",
          "nursing",
          "catering",
          "gaming",
          "branding",
          "networking",
          "publishing",
          "plumbing",
          "housing",
          "clothing",
          "landing",
          "staffing",
          "modeling",
          "modelling",
          "copywriting",
          "fundraising",
          "outsourcing",
          "processing");

  /** Words that are never half of a compound written apart. */
  private static final Set<String> FUNCTION =
      Set.of(
          "в", "во", "на", "с", "со", "к", "ко", "о", "об", "обо", "от", "ото", "до", "за", "из",
          "изо", "по", "под", "подо", "над", "надо", "при", "про", "у", "для", "без", "безо",
          "через", "между", "перед", "и", "а", "но", "да", "или", "либо", "что", "как", "так", "же",
          "ли", "бы", "не", "ни", "то", "это", "эти", "этот", "эта", "тот", "та", "те", "он", "кто",
          "кого", "кому", "чего", "чему", "него", "ней", "них", "ним", "нее", "себя", "тебя",
          "меня", "где", "там", "тут", "вам", "она", "оно", "они", "мы", "вы", "ты", "я", "их",
          "его", "ее", "нас", "вас", "нам", "если", "уже", "еще", "все", "вот", "a", "an", "the",
          "of", "to", "in", "on", "at", "by", "for", "and", "or", "as", "is", "are", "be", "was",
          "it", "its", "we", "us", "our", "you", "your", "he", "she", "they", "them", "with",
          "from", "but", "not", "no", "if", "up", "out", "over", "this", "that", "who", "can",
          "will", "do", "so");

  private WordExceptions() {}

  static boolean isFunction(String word) {
    return FUNCTION.contains(word);
  }
}
