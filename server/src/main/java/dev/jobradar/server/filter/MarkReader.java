package dev.jobradar.server.filter;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds the {@link PostMarks} of a text. For one text. */
final class MarkReader {
  /** Words before an address where a post is from, or where there are more like it. */
  private static final Set<String> SOURCE =
      Set.of(
          "источник",
          "подписывайтесь",
          "подписаться",
          "подпишись",
          "подписка",
          "канал",
          "канале",
          "чат",
          "чате",
          "репост",
          "вакансий",
          "другие",
          "source",
          "subscribe",
          "join",
          "channel",
          "more",
          "repost",
          "via");

  /** So many words before an address may say what it is. */
  private static final int WORDS_BEFORE = 4;

  /** Hashtags with nothing in them that tells two vacancies apart. */
  private static final Set<String> COMMON =
      Set.of(
          "вакансия",
          "вакансии",
          "работа",
          "ищу",
          "требуется",
          "нужен",
          "резюме",
          "подработка",
          "job",
          "jobs",
          "vacancy",
          "vacancies",
          "hiring",
          "work",
          "hr",
          "career",
          "репост",
          "repost",
          "it",
          "айти",
          "срочно",
          "urgent",
          "реклама",
          "fulltime",
          "full",
          "time");

  /** Parameters of an address that count visits. */
  private static final List<String> COUNTING =
      List.of("utm_", "yclid", "gclid", "fbclid", "ysclid", "from=", "ref=", "erid", "roistat");

  private final String original;
  private final FoldedText text;
  private final Tokenizer tokenizer;
  private final WordForms forms;
  private final PostMarks.Builder marks = PostMarks.builder();

  MarkReader(String original, FoldedText text, Tokenizer tokenizer, WordForms forms) {
    this.original = original;
    this.text = text;
    this.tokenizer = tokenizer;
    this.forms = forms;
  }

  PostMarks read(List<Links.Address> addresses, List<String> hidden) {
    List<Token> tokens = tokenizer.tokens();
    int next = 0;
    for (Links.Address address : addresses) {
      while (next < tokens.size() && text.start(tokens.get(next).from()) < address.start()) {
        next++;
      }
      add(address, isSource(tokens.subList(Math.max(0, next - WORDS_BEFORE), next), address));
    }
    for (String link : hidden) {
      Links.in(link).forEach(address -> add(address, false));
    }
    for (PhoneNumbers.PhoneNumber phone : PhoneNumbers.in(text, tokens)) {
      marks.addContact(phone.digits(), false);
    }
    addTags(tokens);
    return marks.build();
  }

  /** Whether words before an address, in its line, say that it is no contact. */
  private boolean isSource(List<Token> before, Links.Address address) {
    for (Token token : before) {
      int from = text.start(token.from());
      boolean sameLine = original.indexOf('\n', from, address.start()) < 0;
      if (SOURCE.contains(token.surface()) && sameLine) {
        return true;
      }
    }
    return false;
  }

  private void add(Links.Address address, boolean source) {
    List<String> names = address.names();
    String exact = names.getFirst();
    String account = null;
    for (String name : names) {
      account = name.startsWith("@") ? name : account;
    }
    if (account != null && !isPost(exact)) {
      marks.addContact(account, source);
    } else if (exact.indexOf('@') > 0) {
      marks.addContact(exact, source);
    } else if (exact.startsWith("wa.me/") && isNumber(exact.substring(6))) {
      marks.addContact(PhoneNumbers.lastTen(exact.substring(6)), source);
    } else if (!source) {
      int slash = exact.indexOf('/');
      String site = slash < 0 ? exact : exact.substring(0, slash);
      String path = slash < 0 ? "" : exact.substring(slash);
      marks.addLink(withoutMobile(site), path + query(address.text()));
    }
  }

  /** {@code t.me/name/123} leads to a post, not to somebody. */
  private static boolean isPost(String name) {
    int slash = name.lastIndexOf('/');
    return name.indexOf('/') < slash && isDigits(name.substring(slash + 1));
  }

  private static boolean isNumber(String text) {
    return text.length() >= 10 && isDigits(text);
  }

  private static boolean isDigits(String text) {
    return !text.isEmpty() && text.chars().allMatch(sign -> sign >= '0' && sign <= '9');
  }

  private static String withoutMobile(String host) {
    return host.startsWith("m.") ? host.substring(2) : host;
  }

  /** What an address asks for, without what counts visits. */
  private static String query(String address) {
    int mark = address.indexOf('?');
    if (mark < 0) {
      return "";
    }
    int end = address.indexOf('#', mark);
    String query = end < 0 ? address.substring(mark + 1) : address.substring(mark + 1, end);
    StringBuilder kept = new StringBuilder();
    for (String parameter : query.toLowerCase(Locale.ROOT).split("&", -1)) {
      if (COUNTING.stream().noneMatch(parameter::startsWith)) {
        kept.append('?').append(parameter);
      }
    }
    return kept.toString();
  }

  private void addTags(List<Token> tokens) {
    Set<String> words = new HashSet<>();
    for (Token token : tokens) {
      if (!tokenizer.isHashtag(token)) {
        words.add(token.surface());
      }
    }
    for (Hashtag tag : tokenizer.hashtags()) {
      boolean tells = false;
      for (Token token : tokens.subList(tag.first(), tag.next())) {
        String word = token.surface();
        tells |= !COMMON.contains(word) && !words.contains(word);
        if (!words.contains(word)) {
          PlaceNames.of(word, forms.of(word, token.kind())).ifPresent(marks::addPlace);
        }
      }
      if (tells) {
        marks.addTag(tag.name());
      }
    }
  }
}
