package dev.jobradar.benchmarks.oldway;

import dev.jobradar.benchmarks.PostNumber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A post that will be made.
 *
 * @param number which one; it stands in its text, and so in every message about it
 * @param at when, from the beginning
 * @param keyword the word that some look for; null when nobody does
 * @param kind what it is part of
 */
record PlannedPost(
    int number, Duration at, String channel, @Nullable String keyword, Kind kind, String text) {

  /** What a post is part of. */
  enum Kind {
    /** Made before anything is counted. */
    FIRST,
    /** One now and then. */
    STEADY,
    /** Several in one channel within a second. */
    BURST,
    /** More in one channel within seconds than a page of a history holds. */
    FLOOD
  }

  private static final List<String> SENTENCES =
      List.of(
          "Работа удалённая, команда небольшая.",
          "Офис у метро, два дня в неделю из дома.",
          "Договор на год с продлением.",
          "Нужен опыт от двух лет и спокойный характер.",
          "Созвоны утром, остальное время ваше.",
          "Оплата раз в две недели.",
          "Проект новый, документация есть.",
          "Есть тестовое задание на час.",
          "Отпуск двадцать восемь дней, больничный оплачиваем.",
          "Начать можно с понедельника.");

  /** A post, with a text that differs from all others in more than its number. */
  static PlannedPost of(
      int number, Duration at, String channel, @Nullable String keyword, Kind kind, Random random) {
    StringBuilder text = new StringBuilder(PostNumber.text(number)).append(' ');
    text.append(keyword == null ? "Новости канала" : "Ищем: " + keyword).append('\n');
    List<String> sentences = new ArrayList<>(SENTENCES);
    for (int i = 0; i < 4; i++) {
      text.append(sentences.remove(random.nextInt(sentences.size()))).append(' ');
    }
    text.append("От ").append(60 + random.nextInt(200)).append(" тысяч.");
    return new PlannedPost(number, at, channel, keyword, kind, text.toString());
  }
}
