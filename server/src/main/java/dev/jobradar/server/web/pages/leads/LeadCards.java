package dev.jobradar.server.web.pages.leads;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.filter.Span;
import dev.jobradar.server.leads.Lead;
import dev.jobradar.server.leads.Texts;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.web.leads.LeadTexts;
import dev.jobradar.telegram.content.MessageContent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Makes cards of leads. Thread-safe. */
@Component
class LeadCards {
  /** So much of a longer post is shown at once, in UTF-16 units. */
  private static final int HEAD = 1_200;

  /** A text that is a little longer is not worth a button. */
  private static final int LONG = 1_600;

  private final Tasks tasks;
  private final LeadTexts texts;

  LeadCards(Tasks tasks, LeadTexts texts) {
    this.tasks = tasks;
    this.texts = texts;
  }

  /** The cards of a list. */
  List<LeadCard> list(UserId user, List<Lead> leads, boolean trashed, Locale locale) {
    Map<Long, String> names =
        leads.isEmpty()
            ? Map.of()
            : tasks.of(user).stream()
                .collect(Collectors.toMap(task -> task.id().value(), Task::name));
    return leads.stream().map(lead -> card(lead, names, trashed, false, locale)).toList();
  }

  /** The card of one lead. */
  LeadCard one(UserId user, Lead lead, boolean trashed, Locale locale) {
    return list(user, List.of(lead), trashed, locale).getFirst();
  }

  /** The same with the whole text at once. */
  LeadCard whole(UserId user, Lead lead, Locale locale) {
    Map<Long, String> names =
        tasks
            .find(user, lead.task())
            .map(task -> Map.of(task.id().value(), task.name()))
            .orElse(Map.of());
    return card(lead, names, false, true, locale);
  }

  private LeadCard card(
      Lead lead, Map<Long, String> names, boolean trashed, boolean whole, Locale locale) {
    MessageContent content = lead.content();
    int length = content.text().length();
    int cut = whole || length <= LONG ? length : Texts.wordEnd(content.text(), HEAD);
    PostText head = part(lead, 0, cut);
    PostText rest = cut < length ? part(lead, cut, length) : null;
    Contact contact =
        Contact.of(head, lead.source())
            .or(() -> rest == null ? Optional.<Contact>empty() : Contact.of(rest, lead.source()))
            .orElse(null);
    String keyword = lead.keyword();
    return new LeadCard(
        lead.id().value(),
        lead.status(),
        lead.task().value(),
        names.getOrDefault(lead.task().value(), ""),
        lead.source().value(),
        lead.source().toString(),
        lead.source().url(),
        lead.url(),
        lead.postedAt(),
        lead.deliveredAt(),
        keyword == null ? "" : keyword,
        head,
        rest,
        contact,
        lead.note(),
        texts.notes(lead, locale),
        lead.alsoSeen().stream()
            .map(seen -> new LeadCard.Seen(seen.source().toString(), seen.url(), seen.seenAt()))
            .toList(),
        trashed);
  }

  private static PostText part(Lead lead, int from, int to) {
    List<Span> spans =
        lead.matchedAt().stream()
            .filter(span -> span.end() > from && span.start() < to)
            .map(span ->
                new Span(Math.max(span.start(), from) - from, Math.min(span.end(), to) - from))
            .toList();
    return PostText.of(lead.content().slice(from, to), spans);
  }
}
