package dev.jobradar.server.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Whatever a post or a keyword is made of, the filter answers. */
class FilterFuzzTest {
  private static final List<String> PIECES =
      List.of(
          "java",
          "разработчик",
          "разраб*",
          "C++",
          "С#",
          ".NET",
          "asp.net",
          "Node.js",
          "1С",
          "3D",
          "UI/UX",
          "front-end",
          "front",
          "end",
          "ё",
          "и\u0306",
          "\u0301",
          "#",
          "@",
          "@ab_c",
          "_",
          "-",
          "--",
          "'",
          "’s",
          "\"",
          "«",
          "»",
          "*",
          "+",
          "++",
          ".",
          "...",
          ",",
          "&",
          "R&D",
          "://",
          "https://",
          "https://a.ru/b?c#d",
          "t.me/x",
          "hh.ru",
          "a@b.co",
          "\uD83D\uDD25",
          "\uD83D\uDC68\u200D\uD83D\uDCBB",
          "\uD83D",
          "\uDD25",
          "𝗝𝗮𝘃𝗮",
          "ﷺ",
          "ǅ",
          "İ",
          "ß",
          "ﬁ",
          "\u0000",
          "\u00A0",
          "\u200B",
          "\u00AD",
          "\n",
          "\r\n",
          "\t",
          " ",
          " ",
          " ",
          "100 000",
          "|",
          "||",
          "(",
          ")",
          "!",
          "-java",
          " OR ",
          " NOT ",
          " AND ",
          "#JavaDeveloper",
          "з.п.",
          "UX/UI",
          "🅹🅰🆅🅰",
          "🅿",
          "\u3164",
          "Python3.11",
          ".NET8",
          "2.0",
          "100к",
          "日本語",
          "हिन्दी",
          "مرحبا",
          "ไทย",
          "Ⅷ",
          "½",
          "™",
          "№",
          "٣");

  @RepeatedTest(40)
  void any_text_is_read_and_every_span_lies_in_it(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    for (int i = 0; i < 50; i++) {
      String text = text(random, 60);
      PostWords words = PostWords.of(text);
      for (int k = 0; k < 5; k++) {
        check(text, words, text(random, 4));
      }
      for (String piece : PIECES) {
        check(text, words, piece);
      }
      Fingerprint.of(text).bands();
    }
  }

  @RepeatedTest(20)
  void a_fingerprint_is_its_own_repost_and_comparison_is_symmetric(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    for (int i = 0; i < 30; i++) {
      String text = text(random, 60);
      Fingerprint one = Fingerprint.of(text);
      Fingerprint other =
          Fingerprint.of(text.substring(0, random.nextInt(text.length() + 1)) + text(random, 10));

      assertThat(one.isRepostOf(one)).isEqualTo(!one.text().isEmpty());
      assertThat(one.isRepostOf(other)).isEqualTo(other.isRepostOf(one));
      assertThat(Fingerprint.of(text).text()).isEqualTo(one.text());
      assertThat(Fingerprint.of(text).bands()).isEqualTo(one.bands());
    }
  }

  private static void check(String text, PostWords words, String keyword) {
    Keywords keywords;
    try {
      keywords = Keywords.compile(List.of(keyword), List.of());
    } catch (KeywordException refused) {
      return;
    }
    List<Span> spans = keywords.match(words).match().map(Match::spans).orElse(List.of());
    int last = 0;
    for (Span span : spans) {
      assertThat(span.start()).isGreaterThanOrEqualTo(last);
      assertThat(span.end()).isLessThanOrEqualTo(text.length());
      assertThat(cutsAPair(text, span.start()) || cutsAPair(text, span.end()))
          .as("%s of %s cuts a code point", span, text)
          .isFalse();
      last = span.end();
    }
  }

  private static boolean cutsAPair(String text, int index) {
    return index > 0
        && index < text.length()
        && Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
  }

  private static String text(Random random, int pieces) {
    List<String> parts = new ArrayList<>();
    int count = random.nextInt(pieces) + 1;
    for (int i = 0; i < count; i++) {
      parts.add(
          random.nextInt(4) == 0
              ? Character.toString(random.nextInt(Character.MAX_CODE_POINT + 1))
              : PIECES.get(random.nextInt(PIECES.size())));
    }
    return String.join("", parts);
  }
}
