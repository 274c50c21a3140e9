package dev.jobradar.server.filter;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Places that vacancies are tagged with. Only hashtags need them: in a sentence a place has a
 * capital, and another word in its stead is noticed whatever it is.
 */
final class PlaceNames {
  private static final List<String> NAMES =
      List.of(
          "москва",
          "мск",
          "петербург",
          "питер",
          "спб",
          "новосибирск",
          "екатеринбург",
          "екб",
          "казань",
          "нижний",
          "челябинск",
          "самара",
          "омск",
          "ростов",
          "уфа",
          "красноярск",
          "воронеж",
          "пермь",
          "волгоград",
          "краснодар",
          "саратов",
          "тюмень",
          "тольятти",
          "ижевск",
          "барнаул",
          "ульяновск",
          "иркутск",
          "хабаровск",
          "ярославль",
          "владивосток",
          "махачкала",
          "томск",
          "оренбург",
          "кемерово",
          "новокузнецк",
          "рязань",
          "астрахань",
          "пенза",
          "липецк",
          "киров",
          "чебоксары",
          "тула",
          "калининград",
          "курск",
          "ставрополь",
          "сочи",
          "тверь",
          "иваново",
          "брянск",
          "белгород",
          "сургут",
          "владимир",
          "архангельск",
          "чита",
          "калуга",
          "смоленск",
          "мурманск",
          "вологда",
          "якутск",
          "подмосковье",
          "крым",
          "севастополь",
          "минск",
          "гомель",
          "алматы",
          "астана",
          "ташкент",
          "бишкек",
          "ереван",
          "тбилиси",
          "баку",
          "киев",
          "харьков",
          "одесса",
          "львов",
          "россия",
          "беларусь",
          "казахстан",
          "узбекистан",
          "армения",
          "грузия",
          "сербия",
          "белград",
          "кипр",
          "турция",
          "стамбул",
          "дубай",
          "берлин",
          "лондон",
          "варшава",
          "прага",
          "лиссабон",
          "европа",
          "сша",
          "удаленка",
          "удаленно",
          "офис",
          "гибрид",
          "moscow",
          "petersburg",
          "kazan",
          "minsk",
          "almaty",
          "tashkent",
          "yerevan",
          "tbilisi",
          "belgrade",
          "cyprus",
          "dubai",
          "berlin",
          "london",
          "warsaw",
          "prague",
          "lisbon",
          "paris",
          "amsterdam",
          "madrid",
          "barcelona",
          "europe",
          "usa",
          "remote",
          "office",
          "hybrid",
          "onsite",
          "relocation");

  private static final Set<String> ALL = Set.copyOf(NAMES);

  /** A shorter name is part of too many words to be found inside of one. */
  private static final int LEAST_GLUED = 5;

  private PlaceNames() {}

  /** Whether a word with these keys names a place. */
  static boolean isOne(Set<String> keys) {
    return keys.stream().anyMatch(ALL::contains);
  }

  /**
   * The place that a word names, or that is glued to it as in {@code работамосква}.
   *
   * @param keys the keys of the word
   */
  static Optional<String> of(String word, Set<String> keys) {
    for (String key : keys) {
      if (ALL.contains(key)) {
        return Optional.of(key);
      }
    }
    if (ALL.contains(word)) {
      return Optional.of(word);
    }
    return NAMES.stream()
        .filter(name -> name.length() >= LEAST_GLUED)
        .filter(name -> word.endsWith(name) || word.startsWith(name))
        .findFirst();
  }
}
