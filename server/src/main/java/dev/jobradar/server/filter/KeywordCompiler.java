package dev.jobradar.server.filter;

import dev.jobradar.server.filter.KeywordException.Reason;
import dev.jobradar.server.filter.Token.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes phrases of the words of keywords. For one task, by one thread. */
final class KeywordCompiler {
  private final WordForms forms = new WordForms();

  /** Equal terms are one object, so that they are looked for once. */
  private final Map<Term, Term> terms = new HashMap<>();

  /**
   * A part of a keyword.
   *
   * @param alone the token that it is when it is one plain word outside of quotation marks
   */
  record Piece(Expression expression, @Nullable Token alone) {
    static Piece of(Expression expression) {
      return new Piece(expression, null);
    }
  }

  /** The pieces of a stretch of a keyword that white space or quotation marks enclose. */
  List<Piece> pieces(String chunk, boolean quoted, String keyword) {
    FoldedText text = FoldedText.of(chunk);
    List<Links.Address> addresses = Links.in(chunk);
    Tokenizer tokenizer = new Tokenizer(text, addresses, forms);
    List<Token> tokens = tokenizer.tokens();
    checkStars(text, tokens, keyword);

    List<Piece> pieces = new ArrayList<>();
    for (Links.Address address : addresses) {
      String name = address.names().getFirst();
      Term term = term(name, Set.of(WordForms.exactly(name)), false);
      pieces.add(Piece.of(Phrase.of(term)));
    }
    Map<Integer, Hashtag> tags = new HashMap<>();
    tokenizer.hashtags().forEach(tag -> tags.put(tag.first(), tag));
    int from = 0;
    while (from < tokens.size()) {
      Hashtag tag = tags.get(from);
      if (tag != null) {
        pieces.add(hashtag(tag, text));
        from = tag.next();
        continue;
      }
      int to = from + 1;
      while (to < tokens.size()
          && !tags.containsKey(to)
          && (quoted || tokenizer.gap(tokens.get(to - 1), tokens.get(to)) != WordGap.BREAK)) {
        to++;
      }
      pieces.add(piece(text, tokenizer, tokens.subList(from, to), quoted));
      from = to;
    }
    return pieces;
  }

  /** A hashtag is found as a whole, never as a word of the text. */
  private Piece hashtag(Hashtag tag, FoldedText text) {
    boolean prefix = text.at(tag.to()) == '*';
    return Piece.of(Phrase.of(term("#" + tag.name(), forms.ofHashtag(tag), prefix)));
  }

  private Piece piece(FoldedText text, Tokenizer tokenizer, List<Token> tokens, boolean quoted) {
    boolean alone = !quoted && tokens.size() == 1 && !isPrefix(text, tokens.getFirst());
    Phrase phrase = phrase(text, tokenizer, tokens);
    int slash = onlySlash(tokenizer, tokens);
    if (slash < 0) {
      return new Piece(phrase, alone ? tokens.getFirst() : null);
    }
    List<Token> swapped = new ArrayList<>(tokens);
    swapped.set(slash, tokens.get(slash + 1));
    swapped.set(slash + 1, tokens.get(slash));
    return Piece.of(new Expression.AnyOf(List.of(phrase, swapped(phrase, swapped, slash))));
  }

  /** The index of the first word of the only pair with a slash between: {@code UI/UX}; or -1. */
  private static int onlySlash(Tokenizer tokenizer, List<Token> tokens) {
    int found = -1;
    for (int i = 0; i + 1 < tokens.size(); i++) {
      if (tokenizer.isSlash(tokens.get(i), tokens.get(i + 1))) {
        boolean numbers =
            tokens.get(i).kind() == Kind.NUMBER || tokens.get(i + 1).kind() == Kind.NUMBER;
        if (found >= 0 || numbers) {
          return -1;
        }
        found = i;
      }
    }
    return found;
  }

  private Phrase swapped(Phrase phrase, List<Token> tokens, int slash) {
    List<Term> terms = new ArrayList<>(phrase.terms());
    terms.set(slash, phrase.terms().get(slash + 1));
    terms.set(slash + 1, phrase.terms().get(slash));
    List<Optional<Term>> joined = new ArrayList<>();
    for (int i = 0; i < phrase.joined().size(); i++) {
      joined.add(
          i == slash
              ? phrase
                  .joined()
                  .get(i)
                  .map(t -> one(tokens.get(slash), tokens.get(slash + 1), t.prefix()))
              : Optional.empty());
    }
    return new Phrase(List.copyOf(terms), List.copyOf(joined), phrase.overBreaks());
  }

  /** A star stands right after a word, and ends it. */
  private static void checkStars(FoldedText text, List<Token> tokens, String keyword) {
    int stars = 0;
    for (int i = 0; i < text.length(); i++) {
      stars += text.at(i) == '*' ? 1 : 0;
    }
    for (Token token : tokens) {
      if (isPrefix(text, token) && Script.of(text.at(token.to() + 1)) == Script.NONE) {
        stars--;
      }
    }
    if (stars > 0) {
      throw new KeywordException(Reason.STRAY_STAR, keyword);
    }
  }

  private static boolean isPrefix(FoldedText text, Token token) {
    return text.at(token.to()) == '*';
  }

  private Phrase phrase(FoldedText text, Tokenizer tokenizer, List<Token> tokens) {
    List<Term> words = new ArrayList<>();
    List<Optional<Term>> joined = new ArrayList<>();
    List<Boolean> overBreaks = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      WordGap gap = i == 0 ? WordGap.LOOSE : tokenizer.gap(tokens.get(i - 1), token);
      boolean prefix = isPrefix(text, token);
      words.add(term(token.surface(), keys(token), prefix));
      overBreaks.add(gap == WordGap.BREAK);
      if (i > 0) {
        Token before = tokens.get(i - 1);
        // UI/UX is also written UIUX.
        WordGap tight = gap == WordGap.LOOSE ? WordGap.HYPHEN : gap;
        boolean may = !isPrefix(text, before) && WordJoins.canJoin(before, token, tight);
        joined.add(may ? Optional.of(one(before, token, prefix)) : Optional.empty());
      }
    }
    return new Phrase(List.copyOf(words), List.copyOf(joined), List.copyOf(overBreaks));
  }

  /** Pieces in a row; two plain words that are neighbours may also be written as one. */
  List<Expression> sideBySide(List<Piece> pieces) {
    List<Expression> expressions = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      List<Expression> choices = new ArrayList<>();
      choices.add(pieces.get(i).expression());
      if (i > 0) {
        joined(pieces.get(i - 1), pieces.get(i)).ifPresent(choices::add);
      }
      if (i + 1 < pieces.size()) {
        joined(pieces.get(i), pieces.get(i + 1)).ifPresent(choices::add);
      }
      expressions.add(
          choices.size() == 1 ? choices.getFirst() : new Expression.AnyOf(List.copyOf(choices)));
    }
    // What is written twice is looked for once.
    return expressions.stream().distinct().toList();
  }

  private Optional<Phrase> joined(Piece first, Piece second) {
    return first.alone() != null
            && second.alone() != null
            && WordJoins.canJoin(first.alone(), second.alone(), WordGap.SPACE)
        ? Optional.of(Phrase.of(one(first.alone(), second.alone(), false)))
        : Optional.empty();
  }

  private Term one(Token first, Token second, boolean prefix) {
    String surface = first.surface() + second.surface();
    return term(
        surface, keys(surface, second.kind() == Kind.NUMBER ? Kind.NAME : second.kind()), prefix);
  }

  private Term term(String surface, Set<String> keys, boolean prefix) {
    Term term = new Term(surface, keys, prefix);
    return terms.computeIfAbsent(term, same -> same);
  }

  private Set<String> keys(Token token) {
    Set<String> keys = new HashSet<>(keys(token.surface(), token.kind()));
    token.aliases().forEach(alias -> keys.addAll(keys(alias, Kind.LATIN)));
    return Set.copyOf(keys);
  }

  /** What a word of the text may share, be it written as one word there or as two. */
  private Set<String> keys(String surface, Kind kind) {
    Set<String> keys = new HashSet<>(forms.of(surface, kind));
    if (kind == Kind.LATIN || kind == Kind.CYRILLIC) {
      keys.addAll(WordForms.joined(surface, kind));
    }
    return Set.copyOf(keys);
  }
}
