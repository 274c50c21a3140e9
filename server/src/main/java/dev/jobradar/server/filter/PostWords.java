package dev.jobradar.server.filter;

import dev.jobradar.server.filter.Token.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A post's text, read once for any number of tasks. Immutable and safe for use by several threads;
 * meant to be dropped after the post: it takes some hundred bytes per word.
 */
public final class PostWords {
  private static final int LEAST_JOINED = 2;

  /** So many figures in a row part no words. */
  private static final int MOST_FIGURES = 4;

  private final Map<String, Link> byKey = new HashMap<>();
  private final List<Occurrence> entries = new ArrayList<>();
  private final WordGap[] before;
  private final boolean[] figures;

  /** A chain of the entries with one key. */
  private record Link(Occurrence entry, @Nullable Link rest) {}

  private PostWords(String text) {
    WordForms forms = new WordForms();
    FoldedText folded = FoldedText.of(text);
    List<Links.Address> addresses = Links.in(text);
    for (Links.Address address : addresses) {
      Span span = new Span(address.start(), address.end());
      address.names().forEach(name -> add(name, Set.of(WordForms.exactly(name)), 0, 0, span));
    }
    Tokenizer tokenizer = new Tokenizer(folded, addresses);
    List<Token> tokens = tokenizer.tokens();
    before = new WordGap[tokens.size()];
    figures = new boolean[tokens.size()];
    for (int place = 0; place < tokens.size(); place++) {
      Token token = tokens.get(place);
      before[place] = place == 0 ? WordGap.BREAK : tokenizer.gap(tokens.get(place - 1), token);
      figures[place] = token.kind() == Kind.NUMBER;
      add(token, place, folded, forms);
      if (place > 0 && canJoin(tokens.get(place - 1), token, before[place])) {
        Token first = tokens.get(place - 1);
        String surface = first.surface() + token.surface();
        Span span = new Span(folded.start(first.from()), folded.end(token.to() - 1));
        add(
            surface,
            WordForms.joined(first.surface(), token.surface(), token.kind()),
            place - 1,
            place + 1,
            span);
      }
    }
  }

  /** Reads a text. Any text will do. */
  public static PostWords of(String text) {
    return new PostWords(text);
  }

  private void add(Token token, int place, FoldedText folded, WordForms forms) {
    Span span = new Span(folded.start(token.from()), folded.end(token.to() - 1));
    add(token.surface(), keys(token, forms), place, place + 1, span);
    for (Token part : token.parts()) {
      Span partSpan = new Span(folded.start(part.from()), folded.end(part.to() - 1));
      add(part.surface(), keys(part, forms), place, place + 1, partSpan);
    }
  }

  /** The keys of a word and of its other spellings. */
  private static Set<String> keys(Token token, WordForms forms) {
    if (token.aliases().isEmpty()) {
      return forms.of(token.surface(), token.kind());
    }
    Set<String> keys = new HashSet<>(forms.of(token.surface(), token.kind()));
    token.aliases().forEach(alias -> keys.addAll(forms.of(alias, Kind.LATIN)));
    return keys;
  }

  private void add(String surface, Set<String> keys, int first, int next, Span span) {
    Occurrence entry = new Occurrence(surface, first, next, span);
    entries.add(entry);
    for (String key : keys) {
      byKey.put(key, new Link(entry, byKey.get(key)));
    }
  }

  /** Whether two words that follow each other may be one: {@code front-end}, {@code front end}. */
  static boolean canJoin(Token first, Token second, WordGap gap) {
    if (!first.isWord() || first.kind() != second.kind()) {
      return false;
    }
    return switch (gap) {
      case HYPHEN -> true;
      // Here the text says nothing of a compound: "на работка" must stay two words.
      case SPACE -> mayBeHalf(first.surface()) && mayBeHalf(second.surface());
      case LOOSE, BREAK -> false;
    };
  }

  private static boolean mayBeHalf(String word) {
    return word.length() >= LEAST_JOINED && !WordExceptions.isFunction(word);
  }

  /** The places of a word with one of these keys; some more than once. */
  List<Occurrence> find(Set<String> keys) {
    List<Occurrence> found = new ArrayList<>();
    for (String key : keys) {
      for (Link link = byKey.get(key); link != null; link = link.rest()) {
        found.add(link.entry());
      }
    }
    return found;
  }

  /** The places of words that begin like this. */
  List<Occurrence> findPrefix(String prefix) {
    List<Occurrence> found = new ArrayList<>();
    for (Occurrence entry : entries) {
      if (entry.next() > entry.first() && entry.surface().startsWith(prefix)) {
        found.add(entry);
      }
    }
    return found;
  }

  /**
   * Whether the word at that place stands together with what is before it.
   *
   * @param overBreaks whether punctuation may stand between
   */
  boolean isOpen(int place, boolean overBreaks) {
    return overBreaks || before[place] != WordGap.BREAK;
  }

  /**
   * One place back over a figure that parts no words, such as the 17 of "Java 17 developer"; -1
   * when there is none to pass over.
   *
   * @param from where the word stands that is looked back from
   */
  int overFigure(int place, int from, boolean overBreaks) {
    boolean passes =
        place > 0 && from - place < MOST_FIGURES && figures[place - 1] && isOpen(place, overBreaks);
    return passes ? place - 1 : -1;
  }
}
