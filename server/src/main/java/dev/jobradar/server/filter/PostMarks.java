package dev.jobradar.server.filter;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a vacancy is answered at and filed under: contacts, links and hashtags. Two posts of the
 * same words are two vacancies when these contradict each other.
 *
 * @param contacts accounts, mailboxes and phone numbers
 * @param sources accounts that the post only names as where it comes from
 * @param links by site, without what only counts visits
 * @param tags hashtags that tell more than the text
 * @param places those of them that name a place
 */
record PostMarks(
    SortedSet<String> contacts,
    SortedSet<String> sources,
    Map<String, Set<String>> links,
    SortedSet<String> tags,
    SortedSet<String> places) {

  static Builder builder() {
    return new Builder();
  }

  /** Collects the marks of one post. */
  static final class Builder {
    private final SortedSet<String> contacts = new TreeSet<>();
    private final SortedSet<String> sources = new TreeSet<>();
    private final Map<String, Set<String>> links = new TreeMap<>();
    private final SortedSet<String> tags = new TreeSet<>();
    private final SortedSet<String> places = new TreeSet<>();

    /**
     * Adds an account, a mailbox or a phone number.
     *
     * @param source whether the post only says where it comes from
     */
    void addContact(String contact, boolean source) {
      (source ? sources : contacts).add(contact);
    }

    void addLink(String site, String page) {
      links.computeIfAbsent(site, s -> new TreeSet<>()).add(page);
    }

    void addTag(String tag) {
      tags.add(tag);
    }

    void addPlace(String place) {
      places.add(place);
    }

    PostMarks build() {
      return new PostMarks(contacts, sources, links, tags, places);
    }
  }

  /** Whether nothing in them says that the posts are two vacancies. Symmetric. */
  boolean agreeWith(PostMarks other) {
    if (!sameOrOneSided(contacts, other.contacts)
        || !sameOrOneSided(places, other.places)
        || hasOtherPages(other)) {
      return false;
    }
    if (shareOne(contacts, other.contacts) || shareLink(other)) {
      return true;
    }
    // Without a contact a post may well be answered at its source.
    return isUnanswerable()
        && other.isUnanswerable()
        && sameOrOneSided(sources, other.sources)
        && tags.equals(other.tags);
  }

  /** Whether it has neither a contact nor a link that could be the same. */
  private boolean isUnanswerable() {
    return contacts.isEmpty() && links.isEmpty();
  }

  private static boolean shareOne(Set<String> one, Set<String> other) {
    return !Collections.disjoint(one, other);
  }

  private boolean shareLink(PostMarks other) {
    for (Map.Entry<String, Set<String>> site : links.entrySet()) {
      if (shareOne(site.getValue(), other.links.getOrDefault(site.getKey(), Set.of()))) {
        return true;
      }
    }
    return false;
  }

  /** Two pages of one site are two vacancies, whoever posts them. */
  private boolean hasOtherPages(PostMarks other) {
    for (Map.Entry<String, Set<String>> site : links.entrySet()) {
      Set<String> pages = other.links.get(site.getKey());
      if (pages != null && !shareOne(site.getValue(), pages)) {
        return true;
      }
    }
    return false;
  }

  private static boolean sameOrOneSided(Set<String> one, Set<String> other) {
    return one.isEmpty() || other.isEmpty() || shareOne(one, other);
  }

  /** What they are, for a digest: equal for marks that agree without a doubt. */
  List<String> text() {
    Set<String> all = new HashSet<>(contacts);
    links.forEach((site, pages) -> pages.forEach(page -> all.add(site + page)));
    places.forEach(place -> all.add("#" + place));
    if (contacts.isEmpty()) {
      all.addAll(sources);
      tags.forEach(tag -> all.add("#" + tag));
    }
    return all.stream().sorted().toList();
  }
}
