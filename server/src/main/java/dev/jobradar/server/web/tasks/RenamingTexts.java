package dev.jobradar.server.web.tasks;

import dev.jobradar.server.channels.KnownChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says in a person's language that a channel has another name than before. Thread-safe. */
@Component
public class RenamingTexts {
  /** A new name is news for so long; that another channel has the old one stays worth knowing. */
  private static final Duration NEWS = Duration.ofDays(14);

  private final MessageSource messages;
  private final InstantSource clock;

  public RenamingTexts(MessageSource messages, InstantSource clock) {
    this.messages = messages;
    this.clock = clock;
  }

  boolean isNews(KnownChannel.Former former) {
    return former.takenBy() != null || former.since().plus(NEWS).isAfter(clock.instant());
  }

  /** What is to be said of a channel's name; null for nothing. */
  @Nullable String notice(KnownChannel channel, Locale locale) {
    KnownChannel.Former former = channel.former();
    if (former == null || !isNews(former)) {
      return null;
    }
    String key =
        (channel.name().isPublic() ? "source.renamed" : "source.unnamed")
            + (former.takenBy() == null ? "" : "_taken");
    return messages.getMessage(key, new Object[] {former.name().value(), former.takenBy()}, locale);
  }
}
