package dev.jobradar.server.web.pages.browser;

import java.util.ArrayList;
import java.util.List;

/** How a person sees a page. {@code @MethodSource(View.ALL)} gives a test all eight. */
public record View(String language, Screen screen, String theme) {
  /** For {@code @MethodSource}. */
  public static final String ALL = "dev.jobradar.server.web.pages.browser.View#all";

  /** A desk, in Russian, light: for tests in which the view plays no part. */
  public static final View PLAIN = new View("ru", Screen.DESK, "light");

  /** Sizes that people use. */
  public enum Screen {
    PHONE(390, 844),
    DESK(1280, 800);

    final int width;
    final int height;

    Screen(int width, int height) {
      this.width = width;
      this.height = height;
    }
  }

  /** Both languages, screens and themes. */
  public static List<View> all() {
    List<View> all = new ArrayList<>();
    for (String language : List.of("ru", "en")) {
      for (Screen screen : Screen.values()) {
        for (String theme : List.of("light", "dark")) {
          all.add(new View(language, screen, theme));
        }
      }
    }
    return all;
  }

  @Override
  public String toString() {
    return language + " " + screen.width + " " + theme;
  }
}
