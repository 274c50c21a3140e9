package dev.jobradar.server.leads;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place in a list of leads, which goes by the time of their posts: behind this lead. */
public record LeadCursor(Instant postedAt, LeadId id) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,15})-(\\d{1,18})");

  /** Behind that lead. */
  public static LeadCursor behind(Lead lead) {
    return new LeadCursor(lead.postedAt(), lead.id());
  }

  /** As it stands in an address. */
  public String text() {
    return postedAt.toEpochMilli() + "-" + id.value();
  }

  /** Reads {@link #text}; empty for anything else. */
  public static Optional<LeadCursor> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    return parts.matches()
        ? Optional.of(
            new LeadCursor(
                Instant.ofEpochMilli(Long.parseLong(parts.group(1))),
                new LeadId(Long.parseLong(parts.group(2)))))
        : Optional.empty();
  }
}
