package dev.jobradar.server.web.leads;

import dev.jobradar.server.leads.Lead;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says in a person's language what became of a lead's post. Thread-safe. */
@Component
public class LeadTexts {
  private final MessageSource messages;

  public LeadTexts(MessageSource messages) {
    this.messages = messages;
  }

  /** The view of a lead. */
  LeadView view(Lead lead, Locale locale) {
    return LeadView.of(lead, notes(lead, locale));
  }

  /** What became of a lead's post, and what is missing of it. */
  public List<String> notes(Lead lead, Locale locale) {
    Lead.Marks marks = lead.marks();
    List<String> notes = new ArrayList<>();
    if (marks.deletedAt() != null) {
      notes.add(text("lead.deleted", locale));
    }
    if (marks.withdrawnAt() != null) {
      notes.add(text("lead.withdrawn", locale));
    } else if (marks.editedAt() != null) {
      notes.add(text("lead.edited", locale));
    }
    if (marks.excerptOnly()) {
      notes.add(text("lead.excerpt_only", locale));
    }
    if (marks.incomplete()) {
      notes.add(text("lead.incomplete", locale));
    }
    return notes;
  }

  private String text(String key, Locale locale) {
    return messages.getMessage(key, null, locale);
  }
}
