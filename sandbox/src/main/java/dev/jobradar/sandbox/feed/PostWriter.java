package dev.jobradar.sandbox.feed;

import dev.jobradar.sandbox.feed.Vacancy.Currency;
import dev.jobradar.sandbox.feed.Vacancy.FaultSite;
import dev.jobradar.sandbox.feed.Vacancy.Level;
import java.util.List;
import java.util.Locale;

/** Words a job as channels do: in whole sentences, in lines with signs, or in haste. */
final class PostWriter {

  private final SeededRandom dice;

  PostWriter(SeededRandom dice) {
    this.dice = dice;
  }

  /** A post about a job. */
  String write(Vacancy vacancy, Language language) {
    if (language == Language.RUSSIAN) {
      return switch (dice.between(1, 3)) {
        case 1 -> letter(vacancy);
        case 2 -> list(vacancy);
        default -> haste(vacancy);
      };
    }
    return dice.happens(50) ? englishLetter(vacancy) : englishList(vacancy);
  }

  /** A post that offers no job: filters must pass it over. */
  String chatter(ChannelPlan channel) {
    JobTitle role = dice.one(channel.roles());
    return channel.language() == Language.RUSSIAN
        ? dice.one(
            "#резюме\nИщу работу: "
                + role.one()
                + ", опыт "
                + dice.between(1, 9)
                + " лет, "
                + String.join(", ", dice.some(role.skills(), 3))
                + ". Готов начать сразу.",
            "Подборка недели: как "
                + role.ofMany()
                + " спрашивают на собеседованиях. Делитесь в комментариях!",
            "Напоминаем правила канала: указывайте вилку и формат работы.",
            "Курс для тех, кто хочет в профессию: " + role.one() + " с нуля. Реклама.")
        : dice.one(
            "#cv Looking for a job: "
                + role.english()
                + ", "
                + dice.between(1, 9)
                + " years, "
                + String.join(", ", dice.some(role.skills(), 3))
                + ".",
            "This week: what " + role.englishPlural() + " are asked in interviews.",
            "Channel rules: name the salary and the place of work, please.");
  }

  /** The same post with a word about what has changed. */
  String edited(String text, Language language) {
    return language == Language.RUSSIAN
        ? dice.one(
                "UPD: вакансия закрыта.", "UPD: осталось одно место.", "UPD: исправили контакты.")
            + "\n\n"
            + text
        : dice.one("UPD: the position is closed.", "UPD: one seat left.") + "\n\n" + text;
  }

  private String letter(Vacancy job) {
    JobTitle role = job.role();
    String opening =
        dice.one(
            "Компания «" + job.company() + "» ищет " + role.whom(),
            "В команду «" + job.company() + "» нужен " + role.one(),
            "Требуется " + role.one() + " в «" + job.company() + "»",
            "«" + job.company() + "» расширяется: берём " + role.ofMany() + " в штат",
            "Открыта вакансия: " + role.one() + ". Работодатель — «" + job.company() + "»");
    String experience =
        switch (job.level()) {
          case JUNIOR -> "Можно без опыта, рассмотрим джуна.";
          case MIDDLE -> "Опыт от " + dice.between(2, 3) + " лет.";
          case SENIOR -> "Нужен сильный сеньор, опыт от " + dice.between(4, 6) + " лет.";
          case LEAD -> "Ждём тимлида, который соберёт команду.";
        };
    return opening
        + " ("
        + job.place().russian
        + ").\n\n"
        + experience
        + " "
        + dice.one("Важно знать: ", "Работаем с: ", "Стек: ", "Что понадобится: ")
        + String.join(", ", job.skills())
        + ".\n"
        + dice.one("Зарплата ", "Платим ", "Доход ", "Вилка: ")
        + russianPay(job)
        + ".\n\n"
        + dice.one("Пишите ", "Резюме сюда: ", "Откликайтесь: ", "По всем вопросам ")
        + job.contact();
  }

  private String list(Vacancy job) {
    JobTitle role = job.role();
    String title = dice.happens(30) ? role.one().toUpperCase(Locale.ROOT) : capital(role.one());
    return dice.one("🔥 ", "💼 ", "📌 ", "")
        + title
        + levelMark(job.level())
        + "\n🏢 "
        + job.company()
        + "\n📍 "
        + dice.one(city(job.place()), capital(job.place().russian))
        + "\n💰 "
        + russianPay(job)
        + "\n\nТребования:\n— "
        + String.join("\n— ", job.skills())
        + "\n\n"
        + dice.one("Отклик: ", "Контакты: ", "👉 ")
        + job.contact()
        + "\n\n"
        + tags(job, Language.RUSSIAN);
  }

  private String haste(Vacancy job) {
    String call =
        dice.one(
            "Срочно нужны " + job.role().many(),
            "Ищем " + job.role().ofMany(),
            "Нужен " + job.role().one());
    return call + hasteEnd(job);
  }

  private String hasteEnd(Vacancy job) {
    return ", "
        + job.place().russian
        + ", "
        + russianPay(job)
        + ", "
        + String.join("/", job.skills().subList(0, Math.min(2, job.skills().size())))
        + ". В личку "
        + job.contact();
  }

  private String russianPay(Vacancy job) {
    if (dice.happens(8)) {
      return dice.one("по договорённости", "обсуждается", "по итогам собеседования");
    }
    String from = amount(job.from(), job.currency());
    String to = amount(job.to(), job.currency());
    if (job.from() == job.to()) {
      return dice.one("от " + from, "до " + from + " на руки", from);
    }
    if (job.currency() == Currency.RUBLE && dice.happens(40)) {
      int low = job.from() / 1_000;
      int high = job.to() / 1_000;
      return dice.one(low + "–" + high + "к", "от " + low + " до " + high + " тыс. руб.");
    }
    return dice.one(from + " – " + to, "от " + from + " до " + to);
  }

  private String englishLetter(Vacancy job) {
    JobTitle role = job.role();
    return job.company()
        + dice.one(" is looking for a ", " needs a ", " is hiring: ", " seeks a ")
        + job.level().english
        + " "
        + role.english()
        + " ("
        + job.place().english
        + ").\n\n"
        + dice.one("You know ", "Our stack: ", "We expect ")
        + String.join(", ", job.skills())
        + ".\n"
        + dice.one("Pay: ", "Salary ", "We offer ")
        + englishPay(job)
        + ".\n\n"
        + dice.one("Write to ", "Apply: ", "CVs to ")
        + job.contact();
  }

  private String englishList(Vacancy job) {
    return dice.one("💼 ", "🚀 ", "")
        + capital(dice.happens(20) ? job.role().englishPlural() : job.role().english())
        + ", "
        + job.level().english
        + "\nCompany: "
        + job.company()
        + "\nLocation: "
        + job.place().english
        + "\nSalary: "
        + englishPay(job)
        + "\nStack: "
        + String.join(" · ", job.skills())
        + "\nContact: "
        + job.contact()
        + "\n\n"
        + tags(job, Language.ENGLISH);
  }

  private String englishPay(Vacancy job) {
    if (dice.happens(8)) {
      return dice.one("negotiable", "to be discussed");
    }
    String sign = job.currency().sign;
    String from = String.format(Locale.ROOT, "%s%,d", sign, job.from());
    return job.from() == job.to()
        ? "from " + from
        : from + dice.one("–", " to ") + String.format(Locale.ROOT, "%s%,d", sign, job.to());
  }

  private static String amount(int number, Currency currency) {
    String digits = String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
    return currency == Currency.RUBLE ? digits + " ₽" : currency.sign + digits;
  }

  private String levelMark(Level level) {
    return dice.one(" (" + level.english + ")", ", " + level.slang, "");
  }

  private String city(FaultSite place) {
    return place == FaultSite.REMOTE
        ? "Удалёнка, любой город"
        : dice.one("Москва", "Санкт-Петербург", "Казань", "Новосибирск", "Алматы")
            + ", "
            + place.russian;
  }

  private String tags(Vacancy job, Language language) {
    String place =
        language == Language.RUSSIAN ? job.place().tag : job.place().english.replace("-", "");
    List<String> tags =
        List.of(
            language == Language.RUSSIAN ? "вакансия" : "job",
            job.role().field().tag(language),
            place,
            job.level().english);
    return "#" + String.join(" #", dice.some(tags, dice.between(2, 4)));
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
