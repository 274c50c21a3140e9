package dev.jobradar.server.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.server.filter.KeywordException.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeywordsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "разработчик | нужны три разработчика",
        "разработчики | Разработчик в команду",
        "developer | two DEVELOPERS wanted",
        "человек | ищем трёх людей",
        "person | people who care",
        "write | she wrote tests",
        "джун | возьмём джуна",
        "джуна | для джунов",
        "девопс | нужны девопсы",
        "тимлид | ищем тимлида",
        "лид | нет лидов",
        "телеграм | для телеграма",
        "фронтендер | ищем фронтендеров",
        "нейросеть | работа с нейросетями",
        "нейронка | без нейронок",
        "релокация | помощь с релокацией",
        "API | several APIs",
        "PM | two PMs",
        "chef | three chefs",
        "HR | три HRа и один HR-менеджер",
      })
  void words_match_by_their_forms(String keyword, String text) {
    assertThat(matches(keyword, text)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "java | javascript developer",
        "дизайн | ищем дизайнера",
        "дизайнер | нужен дизайн",
        "C | C++ and C#",
        "C | C++",
        "NET | .NET",
        "node | Node.js",
        "js | Node.js",
        "1 | 1С",
        "С | С# и С++",
        "go | we are going, she went",
        "react | she reacted",
        "US | we are hiring",
        "freelance | a freelancer",
        "market | marketing",
        "R | R&D",
        "java | смотри https://java.com/java и java.com",
        "java | пишите java@example.com, @java_jobs",
        "10 | 100",
        "java | всё на java.com.",
        "java | почта a@java.com.",
        "java | java.example.com",
        "фронт | фронтенд",
        "реакт | реактор",
      })
  void accidental_parts_and_other_words_do_not_match(String keyword, String text) {
    assertThat(matches(keyword, text)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "C++ | Пишем на С++17",
        "c++ | C++-разработчик",
        "С++ | c++",
        "C# | программист на С#, WPF",
        "С# | c#/.net",
        "C# | #C# #работа",
        "C# | C#-developer",
        "C | C/C++",
        ".NET | Разработчик .NET",
        ".NET | ASP.NET Core",
        ".net | C#/.NET.",
        ".net | (.Net)",
        "ASP.NET | asp.net mvc",
        "Node.js | NODE.JS",
        "Node.js | nodejs",
        "nodejs | Node.js",
        "node js | node.js.",
        "Node.js | опыт с node js",
        "D3.js | d3.js",
        "1С | программист 1C",
        "1C | 1С-программист, 1С:Предприятие",
        "3D | 3D-художник",
        "UI/UX | UI/UX дизайнер",
        "UI/UX | ui / ux",
        "UX | UI/UX",
        "R&D | отдел R&D",
        "B2B | В2В продажи",
        "java | Java17, Spring",
        "python | Python3",
        "hh.ru | https://hh.ru/vacancy/1",
        "hh.ru | отклик на hh.ru.",
        "work | Fully remote.Work with us",
        "@example_jobs | пишите @Example_Jobs!",
        "https://t.me/example_jobs | @example_jobs пусто t.me/example_jobs",
      })
  void technical_words_are_words_of_their_own(String keyword, String text) {
    assertThat(matches(keyword, text)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "front-end | frontend",
        "front-end | front end",
        "front-end | Front‑End",
        "frontend | front-end developer",
        "frontend | front end developer",
        "front end | frontend",
        "front end | the end of the front",
        "\"front end\" | front-end",
        "\"front end\" | frontend",
        "фронтенд | фронт-енда",
        "веб-сайт | веб сайтов",
        "вебсайт | веб-сайты",
        "java | Java-разработчик",
        "разработчик | Java-разработчика",
        "java-разработчик | ищем Java-разработчиков",
        "java-разработчик | Java разработчик",
        "удаленка | УДАЛЁНКА",
        "удалёнка | удаленки",
        "remote | #remote #job",
        "product manager | #productmanager",
        "удаленная работа | #удалённая_работа",
        "java | 𝗝𝗮𝘃𝗮 разработчик",
        "й | и\u0306",
        "разработчик | раз\u00ADра\u200Bботчик",
        "java | J\u0430va",
      })
  void compounds_hashtags_and_letters_of_other_shapes_match(String keyword, String text) {
    assertThat(matches(keyword, text)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "front-end | front of the end",
        "front-end | front. End",
        "front-end | front",
        "наработка | на работка",
        "вместе | в месте",
        "\"senior developer\" | developer senior",
        "\"senior developer\" | senior java developer",
        "\"senior developer\" | Senior. Developer",
        "\"senior developer\" | senior, developer",
        "\"senior developer\" | senior, 2 developer",
        "\"senior developer\" | senior 2. developer",
        "\"senior developer\" | #senior #developer",
        "\"senior developer\" | senior — developer",
        "javaразработчик | java-разработчик",
      })
  void words_apart_are_not_together(String keyword, String text) {
    assertThat(matches(keyword, text)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"senior developer\" | two senior developers",
        "«старший разработчик» | ищем старшего разработчика",
        "“старший разработчик” | старшие разработчики",
        "\"senior developer\" | senior \uD83D\uDD25 developer",
        "\"senior developer\" | **senior** developer",
        "\"java developer\" | Java 17 developer",
        "\"опыт 3 года\" | опыт 3 года",
        "\"Москва, Казань\" | Москва, Казань",
        "\"senior java\" remote | remote: Senior Java",
        "разраб* | разработка",
        "front* | front-end",
        "fronte* | front-end",
        "c++* | c++",
        "\"java раз*\" | java разработчик",
        "java & kotlin | kotlin and java",
      })
  void phrases_and_prefixes_match(String keyword, String text) {
    assertThat(matches(keyword, text)).isTrue();
  }

  @Test
  void a_line_break_is_white_space() {
    assertThat(matches("\"senior developer\"", "Senior\n  developer")).isTrue();
  }

  @Test
  void a_group_needs_all_of_its_words_in_any_order() {
    assertThat(matches("java удалённо", "Удалённая работа: пишем на Java")).isTrue();
    assertThat(matches("java удалённо", "Пишем на Java")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "java, remote | junior | Java, удалённо, remote | java, remote | '' | true",
        "java, remote | junior | Junior Java | java | junior | false",
        "java | junior, php | PHP для джуниора | '' | php | false",
        "'' | junior | что угодно | '' | '' | true",
      })
  void an_explanation_names_all_groups_that_match(
      String include, String exclude, String text, String in, String out, boolean wanted) {
    Explanation why =
        Keywords.compile(list(include), list(exclude)).explain(PostWords.of(text, List.of()));
    assertThat(why.included()).isEqualTo(list(in));
    assertThat(why.excluded()).isEqualTo(list(out));
    assertThat(why.match().isPresent()).isEqualTo(wanted);
  }

  private static List<String> list(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(", ", -1));
  }

  @Test
  void the_first_group_that_matches_is_named_word_for_word() {
    Keywords keywords =
        Keywords.compile(List.of("kotlin", " Java  разработчик ", "java"), List.of());

    Match match = keywords.match(PostWords.of("Разработчик, Java")).match().orElseThrow();

    assertThat(match.keyword()).isEqualTo(" Java  разработчик ");
    assertThat(match.spans()).containsExactly(new Span(0, 11), new Span(13, 17));
  }

  @Test
  void exclude_wins() {
    Keywords keywords = Keywords.compile(List.of("java"), List.of("стажёр", "\"без опыта\""));

    assertThat(keywords.match(PostWords.of("Java")).match()).isPresent();
    assertThat(keywords.match(PostWords.of("Java, стажёры")).match()).isEmpty();
    assertThat(keywords.match(PostWords.of("Java, можно без опыта")).match()).isEmpty();
  }

  @Test
  void no_include_is_every_post_but_the_excluded() {
    Keywords keywords = Keywords.compile(List.of(), List.of("курс"));

    assertThat(keywords.match(PostWords.of("")).match()).contains(new Match(null, List.of()));
    assertThat(keywords.match(PostWords.of("Курсы")).match()).isEmpty();
  }

  @Test
  void spans_are_of_the_original_text() {
    String text = "\uD83D\uDD25 РАЗРАБО\u0301ТЧИКУ (front end) 𝗝𝗮𝘃𝗮17";

    assertThat(found("разработчик", text)).containsExactly("РАЗРАБО\u0301ТЧИКУ");
    assertThat(found("frontend", text)).containsExactly("front end");
    assertThat(found("java", text)).containsExactly("𝗝𝗮𝘃𝗮");
    assertThat(found("\"разработчик front\"", "разработчику front, front")).hasSize(1);
  }

  @Test
  @Timeout(20)
  void neither_a_phrase_nor_a_text_of_one_word_takes_long() {
    String phrase = "\"" + "ab ".repeat(60) + "zz\"";
    String figures = "\"" + "1 ".repeat(60) + "zz\"";

    assertThat(matches(phrase, "ab ".repeat(1_300))).isFalse();
    assertThat(matches(phrase, "ab-".repeat(1_300) + "zz")).isTrue();
    assertThat(matches(figures, "1 ".repeat(2_000))).isFalse();
    assertThat(matches("a@b", "a.".repeat(2_000) + "@")).isFalse();
  }

  @Test
  void spans_neither_overlap_nor_become_too_many() {
    Keywords keywords = Keywords.compile(List.of("front end front-end"), List.of());

    List<Span> spans =
        keywords.match(PostWords.of("front-end ".repeat(1_000))).match().orElseThrow().spans();

    assertThat(spans).hasSize(Match.MAX_SPANS).isSorted();
    for (int i = 1; i < spans.size(); i++) {
      assertThat(spans.get(i).start()).isGreaterThanOrEqualTo(spans.get(i - 1).end());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "'' > EMPTY",
        "'  ' > EMPTY",
        "'!?, —' > NO_WORD",
        "'\uD83D\uDD25' > NO_WORD",
        "'\"\"' > NO_WORD",
        "'*' > STRAY_STAR",
        "'java *' > STRAY_STAR",
        "'*java' > STRAY_STAR",
        "'ja*va' > STRAY_STAR",
        "'java**' > STRAY_STAR",
        "'\"senior java' > UNBALANCED_QUOTES",
        "'«java' > UNBALANCED_QUOTES",
        "'(java' > UNBALANCED_BRACKETS",
        "'java)' > UNBALANCED_BRACKETS",
        "'java ()' > UNBALANCED_BRACKETS",
        "'java (kotlin))' > UNBALANCED_BRACKETS",
        "'java |' > STRAY_OPERATOR",
        "'| java' > STRAY_OPERATOR",
        "'java OR' > STRAY_OPERATOR",
        "'java OR OR kotlin' > STRAY_OPERATOR",
        "'java NOT' > STRAY_OPERATOR",
        "'java NOT NOT kotlin' > STRAY_OPERATOR",
        "'java --junior' > STRAY_OPERATOR",
        "'java - junior' > STRAY_OPERATOR",
        "'java ! junior' > STRAY_OPERATOR",
        "'java OR -junior' > STRAY_OPERATOR",
        "'-java|kotlin' > STRAY_OPERATOR",
        "'senior java OR kotlin' > AMBIGUOUS_OR",
        "'java | kotlin senior' > AMBIGUOUS_OR",
        "'java -junior OR kotlin' > AMBIGUOUS_OR",
        "'-junior' > ONLY_EXCLUSIONS",
        "'!junior -intern' > ONLY_EXCLUSIONS",
        "'java (-junior)' > ONLY_EXCLUSIONS",
      })
  void what_can_never_match_is_refused(String keyword, Reason reason) {
    assertThatThrownBy(() -> Keywords.compile(List.of("java"), List.of(keyword)))
        .isInstanceOfSatisfying(
            KeywordException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e.keyword()).isEqualTo(keyword);
            });
  }

  @Test
  void too_long_and_too_many_are_refused() {
    String longest = "я".repeat(Keywords.MAX_LENGTH);
    List<String> most = Collections.nCopies(Keywords.MAX_GROUPS, longest);
    Keywords.compile(most, most);

    List<String> tooMany = new ArrayList<>(most);
    tooMany.add("java");
    assertReason(List.of(longest + "я"), Reason.TOO_LONG);
    assertReason(tooMany, Reason.TOO_MANY);
  }

  private static void assertReason(List<String> keywords, Reason reason) {
    assertThatThrownBy(() -> Keywords.compile(keywords, List.of()))
        .isInstanceOfSatisfying(
            KeywordException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static boolean matches(String keyword, String text) {
    return Keywords.compile(List.of(keyword), List.of())
        .match(PostWords.of(text))
        .match()
        .isPresent();
  }

  private static List<String> found(String keyword, String text) {
    return Keywords.compile(List.of(keyword), List.of())
        .match(PostWords.of(text))
        .match()
        .map(match -> match.spans().stream().map(s -> text.substring(s.start(), s.end())).toList())
        .orElse(Arrays.asList());
  }
}
