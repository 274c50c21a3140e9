package dev.jobradar.server.leads;

import dev.jobradar.server.filter.Span;
import dev.jobradar.telegram.content.MessageContent;
import dev.jobradar.telegram.content.TextEntity;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A post as keywords are looked for in it: what a person reads, then the addresses behind its
 * links, a line each. What is found in an address is shown at the words that lead there.
 */
final class SearchableText {
  /** An address, where it stands in the searched text, and the words that lead to it. */
  private record Address(int start, int end, Span words) {}

  private final int readable;
  private final String text;
  private final List<Address> addresses;

  private SearchableText(int readable, String text, List<Address> addresses) {
    this.readable = readable;
    this.text = text;
    this.addresses = addresses;
  }

  static SearchableText of(MessageContent content) {
    StringBuilder text = new StringBuilder(content.text());
    List<Address> addresses = new ArrayList<>();
    for (TextEntity entity : content.entities()) {
      if (entity instanceof TextEntity.Link link && !isShown(content.text(), link)) {
        // A line of its own, so that no phrase reaches from the text into an address.
        text.append("\n\n");
        int start = text.length();
        text.append(link.url());
        addresses.add(new Address(start, text.length(), new Span(link.offset(), link.end())));
      }
    }
    return new SearchableText(content.text().length(), text.toString(), List.copyOf(addresses));
  }

  /** A link preview repeats the address that the text shows. */
  private static boolean isShown(String text, TextEntity.Link link) {
    return link.kind() == TextEntity.Link.Kind.PREVIEW && text.contains(link.url());
  }

  String text() {
    return text;
  }

  /** Where in the readable text these places are shown, in order and not overlapping. */
  List<Span> shown(List<Span> found) {
    TreeSet<Span> shown = new TreeSet<>();
    for (Span span : found) {
      if (span.end() <= readable) {
        shown.add(span);
      } else {
        addresses.stream()
            .filter(address -> address.start() < span.end() && span.start() < address.end())
            .map(Address::words)
            .forEach(shown::add);
      }
    }
    List<Span> apart = new ArrayList<>();
    for (Span span : shown) {
      if (apart.isEmpty() || apart.getLast().end() <= span.start()) {
        apart.add(span);
      }
    }
    return apart;
  }
}
