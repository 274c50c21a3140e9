package dev.jobradar.server.filter;

import dev.jobradar.server.filter.Token.Kind;
import java.util.List;

/** Phone numbers in a text: digits after a plus or a Russian eight. */
final class PhoneNumbers {
  private static final int LEAST_DIGITS = 10;

  private PhoneNumbers() {}

  /** The index of the first token of a number, -1 when there is none. */
  static int at(FoldedText text, List<Token> tokens) {
    for (int i = 0; i < tokens.size(); i++) {
      if (end(text, tokens, i) > i) {
        return i;
      }
    }
    return -1;
  }

  /** One past the index of the number's last token; {@code first} when none begins there. */
  static int end(FoldedText text, List<Token> tokens, int first) {
    Token head = tokens.get(first);
    boolean plus = text.at(head.from() - 1) == '+';
    if (head.kind() != Kind.NUMBER || !plus && !head.surface().matches("[78]\\d{10}|8")) {
      return first;
    }
    int digits = head.surface().length();
    int next = first + 1;
    while (next < tokens.size() && follows(text, tokens.get(next - 1), tokens.get(next))) {
      digits += tokens.get(next++).surface().length();
    }
    return digits >= LEAST_DIGITS ? next : first;
  }

  private static boolean follows(FoldedText text, Token before, Token after) {
    if (after.kind() != Kind.NUMBER || after.from() - before.to() > 3) {
      return false;
    }
    for (int i = before.to(); i < after.from(); i++) {
      if (" ()-\u00A0".indexOf(text.at(i)) < 0) {
        return false;
      }
    }
    return true;
  }
}
