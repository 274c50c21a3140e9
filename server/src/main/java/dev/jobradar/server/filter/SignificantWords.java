package dev.jobradar.server.filter;

import dev.jobradar.server.filter.Token.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/** Drops what reposts change freely from a post, and marks the decisive words among the rest. */
final class SignificantWords {
  /** Words that greet readers, or ask them to write or call. */
  private static final Set<String> CALLS =
      Set.of(
          "пишите",
          "писать",
          "пиши",
          "напишите",
          "звоните",
          "звонить",
          "откликайтесь",
          "отклик",
          "отклики",
          "откликнуться",
          "контакт",
          "контакты",
          "связь",
          "связи",
          "связаться",
          "резюме",
          "сюда",
          "личку",
          "личка",
          "лс",
          "подробности",
          "подробнее",
          "вопросы",
          "вопросам",
          "всем",
          "срочно",
          "внимание",
          "друзья",
          "коллеги",
          "привет",
          "ребята",
          "ссылка",
          "ссылке",
          "канал",
          "репост",
          "источник",
          "upd",
          "тг",
          "телеграм",
          "почта",
          "почту",
          "тел",
          "телефон",
          "телефону",
          "присылайте",
          "отправляйте",
          "ждем",
          "apply",
          "write",
          "contact",
          "contacts",
          "send",
          "cv",
          "cvs",
          "resume",
          "dm",
          "pm",
          "message",
          "details",
          "link",
          "here",
          "urgent",
          "hi",
          "hello",
          "please",
          "source",
          "repost",
          "telegram",
          "email",
          "mail",
          "phone",
          "via",
          "now");

  /** The most words that a call to action has besides the contact. */
  private static final int LONGEST_CALL = 6;

  private final String original;
  private final FoldedText text;
  private final Tokenizer tokenizer;
  private final WordForms forms;
  private final boolean cyrillic;

  /** By their first places in the folded text. */
  private final BitSet phones = new BitSet();

  private final List<SignificantWord> found = new ArrayList<>();

  private SignificantWords(String original, FoldedText text, Tokenizer tokenizer, WordForms forms) {
    this.original = original;
    this.text = text;
    this.tokenizer = tokenizer;
    this.forms = forms;
    List<Token> tokens = tokenizer.tokens();
    for (PhoneNumbers.PhoneNumber phone : PhoneNumbers.in(text, tokens)) {
      tokens.subList(phone.first(), phone.next()).forEach(token -> phones.set(token.from()));
    }
    long russian = tokens.stream().filter(token -> token.kind() == Kind.CYRILLIC).count();
    this.cyrillic = russian * 3 > tokens.size();
    int from = 0;
    for (int i = 1; i <= tokens.size(); i++) {
      if (i == tokens.size() || isBorder(tokens.get(i - 1), tokens.get(i))) {
        sentence(tokens.subList(from, i), from == 0 ? 0 : tokens.get(from - 1).to(), until(i));
        from = i;
      }
    }
  }

  static List<SignificantWord> in(
      String original, FoldedText text, Tokenizer tokenizer, WordForms forms) {
    return List.copyOf(new SignificantWords(original, text, tokenizer, forms).found);
  }

  private int until(int next) {
    List<Token> tokens = tokenizer.tokens();
    return next < tokens.size() ? tokens.get(next).from() : text.length();
  }

  /** A new line, or the end of a sentence. */
  private boolean isBorder(Token before, Token after) {
    for (int i = before.to(); i < after.from(); i++) {
      int point = text.at(i);
      boolean stop = point == '.' || point == '!' || point == '?' || point == ';' || point == '…';
      if (point == '\n' || stop && !tokenizer.isAddress(i) && text.at(i + 1) <= ' ') {
        return true;
      }
    }
    return false;
  }

  private void sentence(List<Token> tokens, int from, int to) {
    List<Token> rest = new ArrayList<>();
    int call = -1;
    boolean contact = false;
    for (Token token : tokens) {
      if (phones.get(token.from())) {
        contact = true;
      } else if (!tokenizer.isHashtag(token)) {
        boolean calls = CALLS.contains(token.surface());
        if (!calls) {
          rest.add(token);
        } else if (call < 0) {
          call = rest.size();
        }
      }
    }
    int end = Math.min(to, lineEnd(tokens.getLast().to()));
    for (int i = from; i < end; i++) {
      contact |= tokenizer.isAddress(i);
    }
    boolean toAnybody = contact && call >= 0 && rest.size() - call <= LONGEST_CALL;
    add(toAnybody ? rest.subList(0, Math.min(call, rest.size())) : rest);
  }

  /** An address after the last word of a line may already be the next line's. */
  private int lineEnd(int last) {
    for (int i = last + 2; i < text.length(); i++) {
      if (text.at(i) == '\n') {
        return i;
      }
    }
    return text.length();
  }

  private void add(List<Token> tokens) {
    int index = 0;
    while (index < tokens.size()) {
      Token token = tokens.get(index);
      int next = index + 1;
      String surface = token.surface();
      boolean decisive = isDecisive(token, index == 0);
      if (token.kind() == Kind.NUMBER) {
        StringBuilder figure = new StringBuilder(surface.replaceAll("[.,](?=\\d{3})", ""));
        while (next < tokens.size() && isThousands(tokens.get(next - 1), tokens.get(next))) {
          figure.append(tokens.get(next++).surface());
        }
        if (next < tokens.size() && tokens.get(next).surface().matches("тыс|тысяч|тысячи")) {
          figure.append("000");
          next++;
        }
        surface = figure.toString();
      } else if (surface.matches("\\d+[kк]")) {
        surface = surface.substring(0, surface.length() - 1) + "000";
      }
      found.add(new SignificantWord(surface, decisive, index == 0, next == tokens.size()));
      index = next;
    }
  }

  private boolean isThousands(Token before, Token after) {
    return after.kind() == Kind.NUMBER
        && after.surface().length() == 3
        && tokenizer.gap(before, after) == WordGap.SPACE;
  }

  private boolean isDecisive(Token token, boolean first) {
    if (PlaceNames.isOne(forms.of(token.surface(), token.kind()))) {
      return true;
    }
    return switch (token.kind()) {
      case NUMBER, NAME -> true;
      case LATIN -> cyrillic || isCapital(token, first) || forms.isNameOrPerson(token);
      case CYRILLIC -> isCapital(token, first) || forms.isNameOrPerson(token);
    };
  }

  private boolean isCapital(Token token, boolean first) {
    return !first && Character.isUpperCase(original.codePointAt(text.start(token.from())));
  }
}
