package dev.jobradar.sandbox.feed;

/** A field of work. */
enum JobField {
  PROGRAMMING("разработка", "development"),
  DESIGN("дизайн", "design"),
  MARKETING("маркетинг", "marketing"),
  COPYWRITING("тексты", "writing"),
  ASSISTANTS("ассистенты", "assistants");

  private final String russian;
  private final String english;

  JobField(String russian, String english) {
    this.russian = russian;
    this.english = english;
  }

  /** As a hashtag without the sign. */
  String tag(Language language) {
    return language == Language.RUSSIAN ? russian : english;
  }
}
