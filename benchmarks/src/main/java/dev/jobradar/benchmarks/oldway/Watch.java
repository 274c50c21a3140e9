package dev.jobradar.benchmarks.oldway;

import java.util.ArrayList;
import java.util.List;

/**
 * A task: one word, wherever it stands in a text, in five channels.
 *
 * @param keyword written as in the posts, so that word forms and plain search find the same
 * @param sources public names; no two tasks of a user share one
 */
record Watch(String keyword, List<String> sources) {
  static final int TASKS = 3;
  static final int KEYWORDS = 12;

  /** Those of the sandbox that new accounts have joined. */
  static final List<String> JOINED =
      List.of(
          "javajobs",
          "pythonwork",
          "cppcareers",
          "odinc_work",
          "devops_jobs_daily",
          "analyst_hub",
          "itvacancy_all",
          "designers_work",
          "marketing_vacancies",
          "growthjobs",
          "writers_wanted",
          "assistants_ru");

  /** Some that they have not. */
  static final List<String> OTHERS = List.of("golangjobs", "frontend_vacancies", "dotnetjobs");

  private static final List<String> WORDS =
      List.of(
          "java",
          "дизайнер",
          "бухгалтер",
          "kotlin",
          "аналитик",
          "переводчик",
          "python",
          "маркетолог",
          "копирайтер",
          "golang",
          "верстальщик",
          "тестировщик");

  Watch {
    sources = List.copyOf(sources);
  }

  /** All channels. */
  static List<String> channels() {
    List<String> all = new ArrayList<>(JOINED);
    all.addAll(OTHERS);
    return all;
  }

  /** The tasks of a user, from 0. A quarter of all users look for the same as each other. */
  static List<Watch> of(int user) {
    List<Watch> tasks = new ArrayList<>(TASKS);
    for (int task = 0; task < TASKS; task++) {
      List<String> sources = new ArrayList<>(JOINED.subList(task * 4, task * 4 + 4));
      sources.add(OTHERS.get(task));
      tasks.add(new Watch(WORDS.get((user * TASKS + task) % KEYWORDS), sources));
    }
    return tasks;
  }

  /** The words that some users look for in this channel. */
  static List<String> keywordsIn(String channel) {
    int task = JOINED.contains(channel) ? JOINED.indexOf(channel) / 4 : OTHERS.indexOf(channel);
    List<String> words = new ArrayList<>();
    for (int word = task; word < KEYWORDS; word += TASKS) {
      words.add(WORDS.get(word));
    }
    return words;
  }

  /** Whether this task wants that post. */
  boolean wants(PlannedPost post) {
    return keyword.equals(post.keyword()) && sources.contains(post.channel());
  }
}
