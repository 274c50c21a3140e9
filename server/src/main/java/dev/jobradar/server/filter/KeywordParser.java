package dev.jobradar.server.filter;

import dev.jobradar.server.filter.KeywordException.Reason;
import dev.jobradar.server.filter.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads keywords as people write them. For one thread. */
final class KeywordParser {
  private static final String QUOTES = "\"«»“”„‟";

  private final WordForms forms = new WordForms();

  /** A stretch of a keyword between quotation marks, or between white space outside of them. */
  private record Chunk(String text, boolean quoted) {}

  /** A phrase, with the token that it is when it is one plain word outside of quotation marks. */
  private record Piece(Phrase phrase, @Nullable Token alone) {}

  KeywordGroup parse(String keyword) {
    if (keyword.isBlank()) {
      throw new KeywordException(Reason.EMPTY, keyword);
    }
    if (keyword.length() > Keywords.MAX_LENGTH) {
      throw new KeywordException(Reason.TOO_LONG, keyword);
    }
    List<Piece> pieces = new ArrayList<>();
    for (Chunk chunk : chunks(keyword)) {
      pieces.addAll(pieces(chunk, keyword));
    }
    if (pieces.isEmpty()) {
      throw new KeywordException(Reason.NO_WORD, keyword);
    }
    List<Optional<Term>> joined = new ArrayList<>();
    for (int i = 0; i + 1 < pieces.size(); i++) {
      joined.add(joined(pieces.get(i), pieces.get(i + 1)));
    }
    return new KeywordGroup(
        keyword, pieces.stream().map(Piece::phrase).toList(), List.copyOf(joined));
  }

  private static List<Chunk> chunks(String keyword) {
    List<Chunk> chunks = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < keyword.length(); i++) {
      char sign = keyword.charAt(i);
      boolean quote = QUOTES.indexOf(sign) >= 0;
      if (quote || (!quoted && (Character.isWhitespace(sign) || Character.isSpaceChar(sign)))) {
        if (!part.isEmpty()) {
          chunks.add(new Chunk(part.toString(), quoted));
          part.setLength(0);
        }
        quoted ^= quote;
      } else {
        part.append(sign);
      }
    }
    if (quoted) {
      throw new KeywordException(Reason.UNBALANCED_QUOTES, keyword);
    }
    if (!part.isEmpty()) {
      chunks.add(new Chunk(part.toString(), false));
    }
    return chunks;
  }

  private List<Piece> pieces(Chunk chunk, String keyword) {
    FoldedText text = FoldedText.of(chunk.text());
    List<Links.Address> addresses = Links.in(chunk.text());
    Tokenizer tokenizer = new Tokenizer(text, addresses);
    List<Token> tokens = tokenizer.tokens();
    checkStars(text, tokens, keyword);

    List<Piece> pieces = new ArrayList<>();
    for (Links.Address address : addresses) {
      String name = address.names().getFirst();
      Term term = new Term(name, Set.of(WordForms.exactly(name)), false, false);
      pieces.add(new Piece(new Phrase(List.of(term), List.of()), null));
    }
    int from = 0;
    for (int i = 1; i <= tokens.size(); i++) {
      boolean ends =
          i == tokens.size()
              || !chunk.quoted()
                  && tokenizer.gap(tokens.get(i - 1), tokens.get(i)) == WordGap.BREAK;
      if (ends) {
        List<Token> together = tokens.subList(from, i);
        Token alone = !chunk.quoted() && together.size() == 1 ? together.getFirst() : null;
        Token plain = alone != null && !isPrefix(text, alone) ? alone : null;
        pieces.add(new Piece(phrase(text, tokenizer, together), plain));
        from = i;
      }
    }
    return pieces;
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
    List<Term> terms = new ArrayList<>();
    List<Optional<Term>> joined = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      WordGap gap = i == 0 ? WordGap.LOOSE : tokenizer.gap(tokens.get(i - 1), token);
      boolean prefix = isPrefix(text, token);
      terms.add(new Term(token.surface(), keys(token), prefix, gap == WordGap.BREAK));
      if (i > 0) {
        Token before = tokens.get(i - 1);
        // UI/UX is also written UIUX.
        WordGap tight = gap == WordGap.LOOSE ? WordGap.HYPHEN : gap;
        boolean may = !isPrefix(text, before) && PostWords.canJoin(before, token, tight);
        joined.add(may ? Optional.of(one(before, token, prefix)) : Optional.empty());
      }
    }
    return new Phrase(List.copyOf(terms), List.copyOf(joined));
  }

  private Optional<Term> joined(Piece first, Piece second) {
    return first.alone() != null
            && second.alone() != null
            && PostWords.canJoin(first.alone(), second.alone(), WordGap.SPACE)
        ? Optional.of(one(first.alone(), second.alone(), false))
        : Optional.empty();
  }

  private Term one(Token first, Token second, boolean prefix) {
    String surface = first.surface() + second.surface();
    Kind kind = second.kind();
    return new Term(surface, keys(surface, kind), prefix, false);
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
