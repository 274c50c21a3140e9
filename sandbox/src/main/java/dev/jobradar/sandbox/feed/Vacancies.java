package dev.jobradar.sandbox.feed;

import dev.jobradar.sandbox.feed.Vacancy.Currency;
import dev.jobradar.sandbox.feed.Vacancy.FaultSite;
import dev.jobradar.sandbox.feed.Vacancy.Level;
import java.util.ArrayList;
import java.util.List;

/** Makes jobs up. */
final class Vacancies {

  /** Two words each that nobody has named a company after together, as far as we know. */
  private static final List<String> FIRST =
      List.of(
          "Тихий",
          "Оранжевый",
          "Бумажный",
          "Северный",
          "Квадратный",
          "Сонный",
          "Лиловый",
          "Дальний");

  private static final List<String> SECOND =
      List.of("Барсук", "Маяк", "Кипятильник", "Ёж", "Сугроб", "Чемодан", "Огурец", "Телескоп");

  private static final List<String> FIRST_EN =
      List.of("Quiet", "Orange", "Paper", "Sleepy", "Square", "Lilac", "Distant", "Wooden");

  private static final List<String> SECOND_EN =
      List.of(
          "Badger",
          "Kettle",
          "Snowdrift",
          "Cucumber",
          "Suitcase",
          "Telescope",
          "Teapot",
          "Hedgehog");

  private final SeededRandom dice;

  Vacancies(SeededRandom dice) {
    this.dice = dice;
  }

  /** A job for a channel: mostly what the channel is about, now and then a neighbour. */
  Vacancy make(ChannelPlan channel) {
    JobTitle role =
        dice.happens(85) ? dice.one(channel.roles()) : dice.one(JobTitles.of(channel.field()));
    Level level = level();
    boolean russian = channel.language() == Language.RUSSIAN;
    Currency currency =
        russian
            ? dice.one(Currency.RUBLE, Currency.RUBLE, Currency.RUBLE, Currency.DOLLAR)
            : dice.one(Currency.DOLLAR, Currency.DOLLAR, Currency.EURO);
    int from = pay(role, level, currency);
    int to = dice.happens(70) ? from + from / dice.between(3, 6) : from;
    return new Vacancy(
        role,
        level,
        russian ? company(FIRST, SECOND) : company(FIRST_EN, SECOND_EN),
        from,
        round(to, currency),
        currency,
        dice.one(FaultSite.REMOTE, FaultSite.REMOTE, FaultSite.OFFICE, FaultSite.HYBRID),
        dice.some(role.skills(), dice.between(2, 5)),
        "@hr_example_" + dice.between(1, 99));
  }

  /** The same job as another channel posts it, with small differences. */
  Vacancy retold(Vacancy told) {
    int shift = dice.one(0, 0, 5, 10, -5);
    List<String> skills = new ArrayList<>(told.skills());
    if (skills.size() > 2 && dice.happens(50)) {
      skills.removeLast();
    }
    return new Vacancy(
        told.role(),
        told.level(),
        told.company(),
        round(told.from() + told.from() * shift / 100, told.currency()),
        round(told.to() + told.to() * shift / 100, told.currency()),
        told.currency(),
        told.place(),
        skills,
        dice.happens(50) ? told.contact() : "@hr_example_" + dice.between(1, 99));
  }

  private Level level() {
    return dice.one(
        Level.JUNIOR,
        Level.MIDDLE,
        Level.MIDDLE,
        Level.MIDDLE,
        Level.SENIOR,
        Level.SENIOR,
        Level.LEAD);
  }

  private String company(List<String> first, List<String> second) {
    return dice.one(first) + " " + dice.one(second);
  }

  private int pay(JobTitle role, Level level, Currency currency) {
    int rubles =
        switch (role.field()) {
          case PROGRAMMING -> dice.between(140, 240);
          case DESIGN -> dice.between(80, 160);
          case MARKETING -> dice.between(70, 150);
          case COPYWRITING -> dice.between(50, 110);
          case ASSISTANTS -> dice.between(40, 90);
        };
    double amount = rubles * 1_000 * level.factor;
    return round((int) (currency == Currency.RUBLE ? amount : amount / 80), currency);
  }

  private static int round(int amount, Currency currency) {
    int unit = currency == Currency.RUBLE ? 5_000 : 100;
    return Math.max(unit, amount / unit * unit);
  }
}
