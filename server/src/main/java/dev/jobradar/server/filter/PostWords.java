package dev.jobradar.server.filter;

import dev.jobradar.server.filter.Token.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A post's text, read once for any number of tasks. Immutable and safe for use by several threads;
 * meant to be dropped after the post: it takes some hundred bytes per word.
 */
public final class PostWords {
  private final WordIndex index = new WordIndex();
  private final Places open;
  private final Places numbers;
  private final boolean hasNumbers;
  private final Span[] spans;
  private final int length;

  private PostWords(String text, List<HiddenLink> links) {
    length = text.length();
    WordForms forms = new WordForms();
    FoldedText folded = FoldedText.of(text);
    List<Links.Address> addresses = Links.in(text);
    for (Links.Address address : addresses) {
      addAddress(address.names(), new Span(address.start(), address.end()));
    }
    for (HiddenLink link : links) {
      Links.in(link.address()).forEach(address -> addAddress(address.names(), link.shown()));
    }
    Tokenizer tokenizer = new Tokenizer(folded, addresses, forms);
    List<Token> tokens = tokenizer.tokens();
    open = new Places(tokens.size());
    numbers = new Places(tokens.size());
    spans = new Span[tokens.size()];
    boolean anyNumber = false;
    for (int place = 0; place < tokens.size(); place++) {
      Token token = tokens.get(place);
      spans[place] = span(folded, token.from(), token.to());
      if (token.kind() == Kind.NUMBER) {
        numbers.add(place);
        anyNumber = true;
      }
      add(token, place, folded, forms);
      if (place > 0) {
        WordGap gap = tokenizer.gap(tokens.get(place - 1), token);
        if (gap != WordGap.BREAK) {
          open.add(place);
          addPair(tokenizer, tokens.get(place - 1), token, gap, place);
        }
      }
    }
    hasNumbers = anyNumber;
    for (Hashtag tag : tokenizer.hashtags()) {
      Span span = span(folded, tag.from(), tag.to());
      Set<String> keys = forms.ofHashtag(tag);
      index.add(keys, new Occurrence("#" + tag.name(), tag.first(), tag.next(), span));
    }
  }

  /** Reads a text. Any text will do. */
  public static PostWords of(String text) {
    return of(text, List.of());
  }

  /**
   * Reads a text with the links that are not written out in it.
   *
   * @param links in any order; keywords for sites and accounts find them
   */
  public static PostWords of(String text, List<HiddenLink> links) {
    return new PostWords(text, links);
  }

  private static Span span(FoldedText text, int from, int to) {
    return new Span(text.start(from), text.end(to - 1));
  }

  private void addAddress(List<String> names, @Nullable Span span) {
    for (String name : names) {
      index.add(Set.of(WordForms.exactly(name)), new Occurrence(name, 0, 0, span));
    }
  }

  private void add(Token token, int place, FoldedText folded, WordForms forms) {
    index.add(keys(token, forms), new Occurrence(token.surface(), place, place + 1, spans[place]));
    for (Token part : token.parts()) {
      Span span = span(folded, part.from(), part.to());
      index.add(keys(part, forms), new Occurrence(part.surface(), place, place + 1, span));
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

  /** Two neighbours that may be one word in a keyword. */
  private void addPair(Tokenizer tokenizer, Token first, Token second, WordGap gap, int place) {
    String one = first.surface();
    String other = second.surface();
    Kind kind = second.kind();
    if (WordJoins.canJoin(first, second, gap)) {
      Set<String> keys =
          kind == Kind.NUMBER
              ? Set.of(WordForms.exactly(one + other))
              : WordForms.joined(one, other, kind);
      addPair(one + other, keys, place);
    } else if (tokenizer.isAbbreviation(first, second)) {
      addPair(one + other, WordForms.joined(one + other, kind), place);
    } else if (WordJoins.canPair(first, second) && tokenizer.isSlash(first, second)) {
      addPair(one + other, WordForms.joined(one + other, kind), place);
      addPair(other + one, WordForms.joined(other + one, kind), place);
    }
  }

  private void addPair(String surface, Set<String> keys, int place) {
    Span span = new Span(spans[place - 1].start(), spans[place].end());
    index.add(keys, new Occurrence(surface, place - 1, place + 1, span));
  }

  WordIndex index() {
    return index;
  }

  /** The length of the text in UTF-16 units. */
  int length() {
    return length;
  }

  /** How many places there are. */
  int size() {
    return spans.length;
  }

  /** Places of words that stand together with the word before. */
  Places open() {
    return open;
  }

  /** Places of numbers. */
  Places numbers() {
    return numbers;
  }

  boolean hasNumbers() {
    return hasNumbers;
  }

  /** From the word at one place to the one before another. */
  Span span(int first, int next) {
    return new Span(spans[first].start(), spans[next - 1].end());
  }
}
