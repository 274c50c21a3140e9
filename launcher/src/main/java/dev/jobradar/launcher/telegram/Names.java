package dev.jobradar.launcher.telegram;

/** Public names as people write them. */
final class Names {
  private Names() {}

  /** Without {@code @} and without the beginning of a link. */
  static String plain(String name) {
    String plain = name.replaceFirst("^(https?://)?t\\.me/", "").replaceFirst("^@", "");
    if (!plain.matches("[A-Za-z][A-Za-z0-9_]{2,31}")) {
      throw new FailedException("this is not a public name: " + name);
    }
    return plain;
  }
}
