package dev.jobradar.server.filter;

import dev.jobradar.server.filter.Token.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import morfologik.stemming.Dictionary;
import morfologik.stemming.DictionaryLookup;
import morfologik.stemming.WordData;

/**
 * What the forms of a word have in common: two words are forms of one when they share a key. Keys
 * are dictionary forms; words that no dictionary knows have theirs without the ending. The
 * dictionaries are read once, at first use; an instance is cheap and for one thread.
 */
final class WordForms {
  private static final int LEAST_HALF = 2;

  private static final class Dictionaries {
    static final Dictionary RUSSIAN = read("ru/russian");
    static final Dictionary ENGLISH = read("en/english");

    private static Dictionary read(String name) {
      String path = "/org/languagetool/resource/" + name;
      try (InputStream automaton = open(path + ".dict");
          InputStream properties = open(path + ".info")) {
        return Dictionary.read(automaton, properties);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the dictionary " + path, e);
      }
    }

    private static InputStream open(String path) throws IOException {
      InputStream stream = Dictionary.class.getResourceAsStream(path);
      if (stream == null) {
        throw new IOException(path + " is not on the class path");
      }
      return stream;
    }
  }

  /**
   * The keys of words that were met. It is full some day and stays so: words that are frequent come
   * early.
   */
  private static final Map<String, Set<String>> MET = new ConcurrentHashMap<>();

  private static final int MOST_MET = 20_000;

  private static final int LONGEST_MET = 40;

  private final DictionaryLookup russian = new DictionaryLookup(Dictionaries.RUSSIAN);
  private final DictionaryLookup english = new DictionaryLookup(Dictionaries.ENGLISH);

  /** The key of a word that has no other form. */
  static String exactly(String surface) {
    return "=" + surface;
  }

  private static String unknown(String stem) {
    return "~" + stem;
  }

  /**
   * The keys by which a word is found that may be written in two. They are made by the endings
   * alone: hardly any two neighbours make a word, and looking all of them up would take most of the
   * time.
   */
  static Set<String> joined(String surface, Kind kind) {
    return joined(surface, kind, 0);
  }

  /** The same for two halves; of the second one more must be left than could be an ending. */
  static Set<String> joined(String first, String second, Kind kind) {
    return joined(first + second, kind, first.length() + LEAST_HALF);
  }

  private static Set<String> joined(String surface, Kind kind, int least) {
    Set<String> keys = new HashSet<>();
    List<String> stems = kind == Kind.LATIN ? Endings.english(surface) : Endings.russian(surface);
    for (String stem : stems) {
      if (stem.length() >= least) {
        keys.add("+" + stem);
      }
    }
    return keys;
  }

  /** The keys of a hashtag as a whole; no word of a text has one of them. */
  Set<String> ofHashtag(Hashtag tag) {
    Set<String> keys = new HashSet<>();
    of(tag.name(), tag.kind()).forEach(key -> keys.add("#" + key));
    return keys;
  }

  /** The keys of a word as it stands. */
  Set<String> of(String surface, Kind kind) {
    return switch (kind) {
      case NUMBER, NAME -> Set.of(exactly(surface));
      case LATIN, CYRILLIC -> {
        Set<String> met = MET.get(surface);
        yield met != null ? met : lookUp(surface, kind);
      }
    };
  }

  private Set<String> lookUp(String surface, Kind kind) {
    Set<String> keys = Set.copyOf(kind == Kind.LATIN ? english(surface) : russian(surface));
    if (surface.length() <= LONGEST_MET && MET.size() < MOST_MET) {
      MET.put(surface, keys);
    }
    return keys;
  }

  private Set<String> russian(String word) {
    Set<String> keys = new HashSet<>();
    boolean known = false;
    for (WordData reading : russian.lookup(word)) {
      keys.add(reading.getStem().toString().replace('ё', 'е'));
      known |= !isName(reading.getTag());
    }
    // The dictionary's rare first names are everybody's slang: "джун" is a form of "Джуна" to it.
    if (!known) {
      Endings.russian(word).forEach(stem -> keys.add(unknown(stem)));
      String latin = Lookalikes.toLatin(word);
      if (word.length() > 1 && !latin.equals(word)) {
        keys.addAll(english(latin));
      }
    }
    return keys;
  }

  private static boolean isName(CharSequence tag) {
    String text = String.valueOf(tag);
    return text.startsWith("NN:Name") || text.startsWith("NN:Fam") || text.startsWith("NN:Patr");
  }

  private Set<String> english(String word) {
    String base = word.endsWith("'s") ? word.substring(0, word.length() - 2) : word;
    if (WordExceptions.NAMES.contains(base) || WordExceptions.FIELDS.contains(base)) {
      return Set.of(exactly(base));
    }
    List<String> stems = Endings.english(base);
    for (String stem : stems) {
      if (WordExceptions.NOUNS.contains(stem)) {
        return Set.of(exactly(stem));
      }
    }
    Set<String> keys = new HashSet<>();
    if (!readings(base, keys)) {
      for (String stem : stems) {
        keys.add(WordExceptions.NAMES.contains(stem) ? exactly(stem) : unknown(stem));
        if (!stem.equals(base)) {
          readings(stem, keys);
        }
      }
    }
    return keys;
  }

  /** Adds the dictionary forms of an English word; whether it is known as more than a name. */
  private boolean readings(String word, Set<String> keys) {
    List<WordData> readings = english.lookup(word);
    boolean known = !readings.isEmpty();
    if (!known) {
      readings = english.lookup(word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    boolean ownNoun = false;
    for (WordData reading : readings) {
      ownNoun |= tag(reading).startsWith("NN") && word.contentEquals(reading.getStem());
    }
    for (WordData reading : readings) {
      String tag = tag(reading);
      if (tag.startsWith("PRP")) {
        keys.add(exactly(word));
      } else if (!ownNoun || !tag.startsWith("JJR")) {
        // Without this a freelancer would be "more freelance".
        keys.add(reading.getStem().toString().toLowerCase(Locale.ROOT));
      }
    }
    return known;
  }

  /** Whether a dictionary has the word. */
  boolean isKnown(String word) {
    return !russian.lookup(word).isEmpty() || !english.lookup(word).isEmpty();
  }

  /** Whether a word is no dictionary's, or says who somebody is. */
  boolean isNameOrPerson(Token token) {
    String word = token.surface();
    if (token.kind() == Kind.LATIN) {
      return WordExceptions.NAMES.contains(word) || english.lookup(word).isEmpty();
    }
    List<WordData> readings = russian.lookup(word);
    return readings.isEmpty()
        || readings.stream().anyMatch(reading -> tag(reading).startsWith("NN:Anim"));
  }

  private static String tag(WordData reading) {
    return String.valueOf(reading.getTag());
  }
}
