package dev.jobradar.server.filter;

import dev.jobradar.server.filter.Token.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names that have signs in them: {@code C++}, {@code C#}, {@code .NET}, {@code Node.js}. */
final class SignedNames {
  /** Single letters that make a word of their own with a {@code #}; the last one is Cyrillic. */
  private static final String SHARP = "cfjс";

  /** What is meant with and without {@code .js}; Node and Next are other things without it. */
  private static final Set<String> SAME_WITHOUT_JS =
      Set.of("react", "vue", "angular", "svelte", "nuxt", "preact", "gatsby", "jquery");

  private static final int JS = 3;

  private final Runs runs;

  SignedNames(Runs runs) {
    this.runs = runs;
  }

  /** A name that begins with the run of letters and digits [{@code from}, {@code to}). */
  @Nullable Token at(int from, int to) {
    FoldedText text = runs.text();
    boolean single = to - from == 1;
    if (single && "cgс".indexOf(text.at(from)) >= 0 && isPlusPlus(to)) {
      return Token.of(text.at(from) == 'g' ? "g++" : "c++", Kind.NAME, from, to + 2);
    }
    if (single && SHARP.indexOf(text.at(from)) >= 0 && text.at(to) == '#') {
      String letter = text.at(from) == 'с' ? "c" : text.text(from, to);
      return Token.of(letter + "#", Kind.NAME, from, to + 1);
    }
    if (runs.script(from) == Script.LATIN && isJs(to)) {
      String name = text.text(from, to);
      Token token = Token.of(name + ".js", Kind.NAME, from, to + JS).withAliases(name + "js");
      return SAME_WITHOUT_JS.contains(name) ? token.withAliases(name + "js", name) : token;
    }
    if (text.at(to) == '&' && to - from <= 2 && runs.script(to + 1).isLetter()) {
      int end = runs.end(to + 1);
      if (end - to <= 3) {
        return Token.of(text.text(from, end), Kind.NAME, from, end);
      }
    }
    return null;
  }

  /** {@code .NET}, with or without the number of a version behind it. */
  boolean isDotNet(int dot) {
    FoldedText text = runs.text();
    return text.at(dot) == '.'
        && text.at(dot + 1) == 'n'
        && text.at(dot + 2) == 'e'
        && text.at(dot + 3) == 't'
        && isEndOrVersion(dot + 4);
  }

  /** {@code ReactJS} is React, as {@code React.js} is. */
  static Token withoutJs(Token latin) {
    String name = latin.surface();
    if (!name.endsWith("js")) {
      return latin;
    }
    String base = name.substring(0, name.length() - 2);
    return SAME_WITHOUT_JS.contains(base) ? latin.withAliases(base) : latin;
  }

  private boolean isJs(int dot) {
    FoldedText text = runs.text();
    return text.at(dot) == '.'
        && text.at(dot + 1) == 'j'
        && text.at(dot + 2) == 's'
        && isEndOrVersion(dot + JS);
  }

  private boolean isEndOrVersion(int index) {
    return !runs.script(runs.digits(index)).isLetter();
  }

  private boolean isPlusPlus(int index) {
    FoldedText text = runs.text();
    return text.at(index) == '+' && text.at(index + 1) == '+' && text.at(index + 2) != '+';
  }
}
