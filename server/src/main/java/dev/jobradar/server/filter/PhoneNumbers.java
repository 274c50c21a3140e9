package dev.jobradar.server.filter;

import dev.jobradar.server.filter.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Phone numbers in a text: digits after a plus or a Russian eight. */
final class PhoneNumbers {
  private static final int LEAST_DIGITS = 10;

  private PhoneNumbers() {}

  /**
   * One number.
   *
   * @param first the index of its first token
   * @param next one past the index of its last token
   * @param digits its last ten digits, which are the same with +7 and with 8
   */
  record PhoneNumber(int first, int next, String digits) {}

  /** All numbers in order. */
  static List<PhoneNumber> in(FoldedText text, List<Token> tokens) {
    List<PhoneNumber> found = new ArrayList<>();
    int index = 0;
    while (index < tokens.size()) {
      StringBuilder digits = new StringBuilder();
      int end = end(text, tokens, index, digits);
      if (digits.length() >= LEAST_DIGITS) {
        found.add(new PhoneNumber(index, end, lastTen(digits)));
        index = end;
      } else {
        index++;
      }
    }
    return found;
  }

  static String lastTen(CharSequence digits) {
    return digits.subSequence(digits.length() - LEAST_DIGITS, digits.length()).toString();
  }

  private static int end(FoldedText text, List<Token> tokens, int first, StringBuilder digits) {
    Token head = tokens.get(first);
    boolean plus = text.at(head.from() - 1) == '+';
    if (head.kind() != Kind.NUMBER || !plus && !beginsRussian(head.surface())) {
      return first;
    }
    digits.append(head.surface());
    int next = first + 1;
    while (next < tokens.size() && follows(text, tokens.get(next - 1), tokens.get(next))) {
      digits.append(tokens.get(next++).surface());
    }
    return next;
  }

  private static boolean beginsRussian(String number) {
    char first = number.charAt(0);
    return number.equals("8") || number.length() == 11 && (first == '7' || first == '8');
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
