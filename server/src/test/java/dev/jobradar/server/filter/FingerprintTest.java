package dev.jobradar.server.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.sandbox.feed.VacancyFeed;
import dev.jobradar.sandbox.world.ChannelInfo;
import dev.jobradar.sandbox.world.HistoryQuery;
import dev.jobradar.sandbox.world.Post;
import dev.jobradar.sandbox.world.World;
import dev.jobradar.server.filter.Fingerprint.Relation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {
  private static final String VACANCY =
      """
      🔥 Java-разработчик (middle)
      🏢 Тихий Барсук
      📍 Казань, офис
      💰 от 150 000 до 200 000 ₽

      Мы делаем учёт для небольших складов и ищем человека в команду.
      Нужен опыт от 3 лет, Spring, PostgreSQL и Kafka.
      Платим вовремя, обедаем вместе.

      Отклик: @hr_example_1

      #вакансия #java\
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "🔥 >> ",
        "@hr_example_1 >> https://t.me/hr_example_1",
        "@hr_example_1 >> https://t.me/HR_example_1/",
        "Отклик: @hr_example_1 >> Пишите в личку: t.me/hr_example_1",
        "\n\n#вакансия #java >> \n\n#работа #казань #fulltime",
        "Java-разработчик >> JAVA-РАЗРАБОТЧИК",
        "команду. >> команду!!!",
        "150 000 до 200 000 ₽ >> 150000 до 200.000₽",
        "Платим вовремя, обедаем вместе. >> Платим вовремя. Обедаем вместе!",
      })
  void trifles_do_not_change_the_text(String change) {
    String told = changed(VACANCY, change);

    assertThat(Fingerprint.of(told).text()).isEqualTo(Fingerprint.of(VACANCY).text());
    assertSame(told);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "🔥 Java >> UPD: вакансия закрыта.\n\n🔥 Java",
        "🔥 Java >> UPD: осталось 2 места.\n\n🔥 Java",
        "🔥 Java >> Друзья, репост от коллег!\n🔥 Java",
        "Платим вовремя, обедаем вместе.\n >> ",
        "Платим вовремя, обедаем вместе. >> Зарплата без задержек и дружная атмосфера.",
        "Платим вовремя >> Всегда платим вовремя",
        "📍 Казань, офис\n >> ",
        "\n\nОтклик >> \nУ нас молодой коллектив и чай.\n\nОтклик",
        "обедаем вместе. >> обедаем вместе. Подробности: https://example.org/x",
        "@hr_example_1 >> @hr_example_1 или @other_example",
        "#java >> #java\n\nИсточник: @example_jobs",
      })
  void a_line_more_or_less_or_put_otherwise_is_the_same_vacancy(String change) {
    assertSame(changed(VACANCY, change));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Java-разработчик >> Python-разработчик",
        "Java-разработчик >> Java-тестировщик",
        "Java-разработчик >> Старший Java-разработчик",
        "(middle) >> (senior)",
        "Тихий Барсук >> Сонный Маяк",
        "Казань, офис >> Казань, удалённо",
        "Казань >> Самара",
        "от 150 000 до 200 000 >> от 150 000 до 220 000",
        "от 3 лет >> от 5 лет",
        "Spring, PostgreSQL >> Spring, Oracle",
        "PostgreSQL и Kafka >> PostgreSQL, Redis и Kafka",
        "разработчик (middle)\n >> бухгалтер\n",
        "@hr_example_1 >> @other_example",
        "@hr_example_1 >> +7 (900) 000-00-00",
        "@hr_example_1 >> https://example.org/vacancy/1",
        "@hr_example_1 >> https://t.me/example_jobs/17",
      })
  void another_role_pay_place_technology_or_contact_is_another_vacancy(String change) {
    Fingerprint other = Fingerprint.of(changed(VACANCY, change));

    assertThat(other.isRepostOf(Fingerprint.of(VACANCY))).isFalse();
    assertThat(other.text()).isNotEqualTo(Fingerprint.of(VACANCY).text());
  }

  @Test
  void english_vacancies_are_told_apart_too() {
    String text =
        "Quiet Badger is looking for a senior backend engineer (remote).\n\n"
            + "You know Go, Kafka, PostgreSQL.\nPay: $4,000–$5,000.\n\nWrite to @hr_example_2";
    assertThat(same(text, text.replace("Write to @", "Apply: t.me/"))).isTrue();
    assertThat(same(text, text.replace("Write to @hr_example_2", "Apply: @another_one"))).isFalse();
    assertThat(same(text, "UPD: one seat left.\n\n" + text)).isTrue();
    assertThat(same(text, text.toUpperCase(Locale.ROOT))).isTrue();
    assertThat(same(text, text.replace("backend", "frontend"))).isFalse();
    assertThat(same(text, text.replace("senior", "junior"))).isFalse();
    assertThat(same(text, text.replace("engineer", "manager"))).isFalse();
    assertThat(same(text, text.replace("Go,", "Rust,"))).isFalse();
    assertThat(same(text, text.replace("$5,000", "$6,000"))).isFalse();
    assertThat(same(text, text.replace("remote", "on-site"))).isFalse();
  }

  @Test
  void a_forward_may_have_another_contact_but_no_other_role() {
    Fingerprint original = Fingerprint.of(VACANCY);
    Fingerprint forward = Fingerprint.of(VACANCY.replace("@hr_example_1", "@channel_admin"));
    Fingerprint other = Fingerprint.of(VACANCY.replace("разработчик", "тестировщик"));

    assertThat(forward.isRepostOf(original)).isFalse();
    assertThat(forward.isRepostOf(original, Relation.FORWARD)).isTrue();
    assertThat(other.isRepostOf(original, Relation.FORWARD)).isFalse();
  }

  @Test
  void links_behind_words_and_buttons_tell_vacancies_apart() {
    String text = "Senior Java Developer\nОткликнуться";
    Fingerprint one = Fingerprint.of(text, List.of("https://example.ru/vacancy/1"));

    assertThat(one.isRepostOf(Fingerprint.of(text, List.of("https://example.ru/vacancy/2"))))
        .isFalse();
    assertThat(
            one.isRepostOf(Fingerprint.of(text, List.of("https://example.ru/vacancy/1?utm_id=2"))))
        .isTrue();
    assertThat(one.isRepostOf(Fingerprint.of(text + "\nhttps://example.ru/vacancy/1"))).isTrue();
  }

  @Test
  void a_text_without_words_is_nobodys_repost() {
    Fingerprint none = Fingerprint.of("🔥🔥🔥 https://example.org #java");

    assertThat(none.text()).isEmpty();
    assertThat(none.bands()).isEmpty();
    assertThat(none.isRepostOf(none)).isFalse();
  }

  /** The sandbox's channels: thousands of vacancies from a few templates. */
  @Test
  void in_the_sandboxs_feed_no_two_vacancies_are_taken_for_one() {
    List<String> posts = feed();
    Map<Long, List<Integer>> byBand = new HashMap<>();
    List<Fingerprint> seen = new ArrayList<>();
    List<String> mixedUp = new ArrayList<>();
    int compared = 0;
    for (int i = 0; i < posts.size(); i++) {
      Fingerprint next = Fingerprint.of(posts.get(i));
      TreeSet<Integer> candidates = new TreeSet<>();
      for (long band : next.bands()) {
        List<Integer> same = byBand.computeIfAbsent(band, b -> new ArrayList<>());
        candidates.addAll(same);
        same.add(i);
      }
      for (int candidate : candidates) {
        compared++;
        if (next.isRepostOf(seen.get(candidate))
            && !facts(posts.get(i)).equals(facts(posts.get(candidate)))) {
          mixedUp.add(posts.get(i) + "\n=====\n" + posts.get(candidate));
        }
      }
      seen.add(next);
    }
    assertThat(posts).hasSizeGreaterThan(1_000);
    assertThat(compared).as("candidates of %s posts", posts.size()).isPositive();
    assertThat(mixedUp).isEmpty();
  }

  @Test
  void in_the_sandboxs_feed_reposts_with_trifling_changes_are_found() {
    Random random = new Random(7);
    int tried = 0;
    List<String> missed = new ArrayList<>();
    for (String post : feed()) {
      Fingerprint first = Fingerprint.of(post);
      if (first.text().isEmpty() || post.length() < 100) {
        continue;
      }
      for (UnaryOperator<String> change : changes()) {
        if (random.nextInt(5) == 0) {
          String told = change.apply(post);
          Fingerprint again = Fingerprint.of(told);
          tried++;
          if (!again.isRepostOf(first) || Collections.disjoint(again.bands(), first.bands())) {
            missed.add(post + "\n=====\n" + told);
          }
        }
      }
    }
    assertThat(tried).isGreaterThan(1_000);
    assertThat(missed).as("of %s", tried).isEmpty();
  }

  private static List<UnaryOperator<String>> changes() {
    return List.of(
        post -> post.replaceAll("[🔥💼📌🏢📍💰👉🚀]", "").replace("\n\n", "\n"),
        post -> post.toUpperCase(Locale.ROOT),
        post -> post.replaceAll("@(hr_example_\\d+)", "https://t.me/$1"),
        post -> post.replaceAll("(?<!\\S)#\\S+", "").strip() + "\n\n#jobs #repost",
        post -> "UPD: вакансия закрыта.\n\n" + post,
        post -> "Коллеги поделились вакансией!\n\n" + post + "\nИсточник: t.me/example_jobs",
        post -> post.replaceAll("\\s+", " "));
  }

  /** Company, pay and technologies: what makes two vacancies of the feed. */
  private static List<String> facts(String post) {
    Matcher matcher =
        Pattern.compile("\\d+|(?<!@)\\b[A-Z][A-Za-z+#.]+|«[^»]+»")
            .matcher(post.replaceAll("@\\S+|#\\S+", ""));
    List<String> facts = new ArrayList<>();
    while (matcher.find()) {
      facts.add(matcher.group());
    }
    return facts;
  }

  private static List<String> feed() {
    World world = World.inMemory(() -> Instant.ofEpochSecond(1_750_000_000));
    new VacancyFeed(world, 1).begin();
    List<String> texts = new ArrayList<>();
    for (ChannelInfo channel : world.channels()) {
      List<Post> page = world.history(channel.id(), new HistoryQuery(0, 0, 0, 100, 0, 0)).items();
      page.forEach(post -> texts.add(post.text()));
    }
    return texts;
  }

  private static void assertSame(String told) {
    Fingerprint one = Fingerprint.of(VACANCY);
    Fingerprint other = Fingerprint.of(told);
    assertThat(other.isRepostOf(one)).isTrue();
    assertThat(other.bands()).containsAnyElementsOf(one.bands());
  }

  private static boolean same(String one, String other) {
    return Fingerprint.of(one).isRepostOf(Fingerprint.of(other));
  }

  private static String changed(String text, String change) {
    String[] sides = change.split(" >> ?", 2);
    assertThat(text).contains(sides[0]);
    return text.replace(sides[0], sides[1]);
  }
}
