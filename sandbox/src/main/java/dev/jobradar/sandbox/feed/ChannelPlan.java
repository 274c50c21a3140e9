package dev.jobradar.sandbox.feed;

import static dev.jobradar.sandbox.feed.Language.ENGLISH;
import static dev.jobradar.sandbox.feed.Language.RUSSIAN;

import java.util.List;

/**
 * A channel as it is to be.
 *
 * @param roles what most of its posts are about
 * @param audience members outside the sandbox
 * @param joinedByNew whether new accounts are in it from the start
 * @param history how many posts it begins with
 */
record ChannelPlan(
    String username,
    String title,
    String about,
    Language language,
    List<JobTitle> roles,
    int audience,
    boolean joinedByNew,
    int history) {

  ChannelPlan {
    roles = List.copyOf(roles);
  }

  JobField field() {
    return roles.getFirst().field();
  }

  /** All channels of a new world: every other one is joined by new accounts. */
  static final List<ChannelPlan> ALL =
      List.of(
          plan(
              "javajobs",
              "Java Jobs",
              RUSSIAN,
              18_400,
              true,
              500,
              JobTitles.JAVA,
              JobTitles.KOTLIN),
          plan("golangjobs", "Golang Jobs", RUSSIAN, 12_900, false, 500, JobTitles.GO),
          plan("pythonwork", "Python: работа", RUSSIAN, 25_300, true, 200, JobTitles.PYTHON),
          plan(
              "frontend_vacancies",
              "Frontend-вакансии",
              RUSSIAN,
              16_200,
              false,
              200,
              JobTitles.FRONTEND),
          plan("cppcareers", "C++ Careers", ENGLISH, 5_400, true, 120, JobTitles.CPP),
          plan("dotnetjobs", ".NET и C#: вакансии", RUSSIAN, 7_800, false, 120, JobTitles.CSHARP),
          plan("odinc_work", "Работа 1С", RUSSIAN, 9_900, true, 120, JobTitles.ONE_C),
          plan(
              "mobiledevjobs",
              "Mobile Dev Jobs",
              ENGLISH,
              8_100,
              false,
              120,
              JobTitles.ANDROID,
              JobTitles.IOS),
          plan(
              "devops_jobs_daily",
              "DevOps Jobs Daily",
              ENGLISH,
              11_500,
              true,
              150,
              JobTitles.DEVOPS),
          plan("qa_vacancies", "QA: вакансии", RUSSIAN, 10_700, false, 150, JobTitles.TESTER),
          plan("analyst_hub", "Аналитики: работа", RUSSIAN, 6_300, true, 120, JobTitles.ANALYST),
          plan(
              "remotedevs",
              "Remote Devs",
              ENGLISH,
              31_000,
              false,
              200,
              JobTitles.of(JobField.PROGRAMMING)),
          plan(
              "itvacancy_all",
              "IT-вакансии: всё подряд",
              RUSSIAN,
              44_800,
              true,
              250,
              JobTitles.of(JobField.PROGRAMMING)),
          plan("uxui_jobs", "UX/UI: вакансии", RUSSIAN, 14_600, false, 150, JobTitles.UX),
          plan(
              "designers_work",
              "Дизайнерам: работа",
              RUSSIAN,
              22_100,
              true,
              200,
              JobTitles.of(JobField.DESIGN)),
          plan(
              "motion3dgigs",
              "Motion & 3D Gigs",
              ENGLISH,
              4_700,
              false,
              100,
              JobTitles.MOTION,
              JobTitles.THREE_D),
          plan(
              "marketing_vacancies",
              "Маркетинг: вакансии",
              RUSSIAN,
              27_500,
              true,
              200,
              JobTitles.of(JobField.MARKETING)),
          plan(
              "smmwork",
              "SMM-работа",
              RUSSIAN,
              19_300,
              false,
              150,
              JobTitles.SMM,
              JobTitles.TARGETING),
          plan(
              "growthjobs",
              "Growth Jobs",
              ENGLISH,
              6_900,
              true,
              100,
              JobTitles.MARKETER,
              JobTitles.SEO),
          plan(
              "copyjobs",
              "Копирайтерам",
              RUSSIAN,
              13_700,
              false,
              150,
              JobTitles.of(JobField.COPYWRITING)),
          plan(
              "writers_wanted",
              "Writers Wanted",
              ENGLISH,
              5_200,
              true,
              100,
              JobTitles.COPYWRITER,
              JobTitles.EDITOR),
          plan(
              "translators_desk",
              "Переводчики: заказы",
              RUSSIAN,
              4_100,
              false,
              100,
              JobTitles.TRANSLATOR),
          plan(
              "assistants_ru",
              "Ассистенты и помощники",
              RUSSIAN,
              17_800,
              true,
              150,
              JobTitles.of(JobField.ASSISTANTS)),
          plan(
              "virtual_assistants",
              "Virtual Assistants",
              ENGLISH,
              9_300,
              false,
              100,
              JobTitles.VIRTUAL,
              JobTitles.ASSISTANT));

  private static ChannelPlan plan(
      String username,
      String title,
      Language language,
      int audience,
      boolean joinedByNew,
      int history,
      JobTitle... roles) {
    return plan(username, title, language, audience, joinedByNew, history, List.of(roles));
  }

  private static ChannelPlan plan(
      String username,
      String title,
      Language language,
      int audience,
      boolean joinedByNew,
      int history,
      List<JobTitle> roles) {
    String tag = roles.getFirst().field().tag(language);
    String about =
        language == RUSSIAN
            ? "Вакансии и заказы: " + tag + ". Всё выдумано, канал живёт в песочнице."
            : "Vacancies and gigs: " + tag + ". All made up, this channel lives in a sandbox.";
    return new ChannelPlan(username, title, about, language, roles, audience, joinedByNew, history);
  }
}
