package dev.jobradar.server.filter;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Letters that Unicode's compatibility decomposition leaves as they are although people read them
 * as plain ones: {@code 🅹}, {@code 🅙}, {@code ⒥}, {@code ᴊ}. Taken from the names of the
 * characters.
 */
final class LetterShapes {
  private static final Pattern NAME =
      Pattern.compile(
          "(?:(?:NEGATIVE |CROSSED NEGATIVE )?(?:CIRCLED|SQUARED) |PARENTHESIZED )?"
              + "LATIN (?:LETTER SMALL CAPITAL|CAPITAL LETTER|SMALL LETTER) ([A-Z])");

  /** Blocks with such letters: phonetic extensions, Latin D, enclosed alphanumerics and more. */
  private static final int[][] BLOCKS = {
    {0x0250, 0x02AF}, {0x1D00, 0x1DBF}, {0x2460, 0x24FF}, {0xA720, 0xA7FF}, {0x1F100, 0x1F1E5}
  };

  private static final Map<Integer, Integer> PLAIN = plain();

  private LetterShapes() {}

  private static Map<Integer, Integer> plain() {
    Map<Integer, Integer> plain = new HashMap<>();
    for (int[] block : BLOCKS) {
      for (int point = block[0]; point <= block[1]; point++) {
        String name = Character.getName(point);
        Matcher matcher = NAME.matcher(name == null ? "" : name);
        if (matcher.matches()) {
          plain.put(point, Character.toLowerCase((int) matcher.group(1).charAt(0)));
        }
      }
    }
    return Map.copyOf(plain);
  }

  /** The plain small letter, or null. */
  static @Nullable Integer plain(int point) {
    return PLAIN.get(point);
  }

  /** Whether it is in a circle, a square or brackets. */
  static boolean isEnclosed(int point) {
    return (point >= 0x2460 && point <= 0x24FF || point >= 0x1F100) && PLAIN.containsKey(point);
  }

  /** Whether it is a pictogram as well: the blood group 🅰, the car park 🅿, the underground Ⓜ. */
  static boolean isPictogram(int point) {
    return switch (point) {
      case 0x24C2, 0x1F170, 0x1F171, 0x1F17E, 0x1F17F -> true;
      default -> false;
    };
  }

  /** Whether it is never seen, be it a letter or not. */
  static boolean isInvisible(int point) {
    return UCharacter.hasBinaryProperty(point, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
  }
}
