package dev.jobradar.server.leads;

import dev.jobradar.server.account.ReceivedPost;
import dev.jobradar.server.filter.Fingerprint;
import dev.jobradar.server.filter.KeywordException;
import dev.jobradar.server.filter.Keywords;
import dev.jobradar.server.filter.Match;
import dev.jobradar.server.filter.MatchOutcome;
import dev.jobradar.server.filter.PostWords;
import dev.jobradar.telegram.content.MessageContent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Matches by the forms of words; remembers the keywords of the tasks that were used last. */
@Component
class KeywordFilter implements PostFilter {
  private static final Logger log = LoggerFactory.getLogger(KeywordFilter.class);

  private static final int REMEMBERED = 2_000;

  private record Written(List<String> include, List<String> exclude) {}

  /** Guarded by itself. */
  private final Map<Written, Optional<Keywords>> compiled =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Written, Optional<Keywords>> eldest) {
          return size() > REMEMBERED;
        }
      };

  @Override
  public Optional<Reading> read(ReceivedPost post) {
    if (post.outgoing() || post.text().isBlank() || OwnMessages.isOne(post.text())) {
      return Optional.empty();
    }
    SearchableText text = SearchableText.of(post.content());
    PostWords words = PostWords.of(text.text());
    return Optional.of(
        new Reading() {
          @Override
          public Optional<Match> match(List<String> include, List<String> exclude) {
            return keywords(new Written(include, exclude))
                .flatMap(wanted -> answer(wanted.match(words)))
                .map(match -> new Match(match.keyword(), text.shown(match.spans())));
          }

          @Override
          public Likeness likeness() {
            return new Print(Fingerprint.of(text.text()));
          }
        });
  }

  private static Optional<Match> answer(MatchOutcome outcome) {
    if (outcome instanceof MatchOutcome.TooCostly costly) {
      log.warn("the keywords of a task take more than {} steps for a post", costly.steps());
    }
    return outcome.match();
  }

  private record Print(Fingerprint fingerprint) implements Likeness {
    @Override
    public String text() {
      return fingerprint.text();
    }

    @Override
    public List<Long> bands() {
      return fingerprint.bands();
    }

    @Override
    public boolean isRepostOf(MessageContent other) {
      return fingerprint.isRepostOf(Fingerprint.of(SearchableText.of(other).text()));
    }
  }

  private Optional<Keywords> keywords(Written written) {
    synchronized (compiled) {
      Optional<Keywords> known = compiled.get(written);
      if (known != null) {
        return known;
      }
    }
    // Outside: reading the dictionaries for the first time takes a while.
    Optional<Keywords> fresh = compile(written);
    synchronized (compiled) {
      compiled.put(written, fresh);
    }
    return fresh;
  }

  /** Keywords are checked when they are entered; those of the old service were not. */
  private static Optional<Keywords> compile(Written written) {
    try {
      return Optional.of(Keywords.compile(written.include(), written.exclude()));
    } catch (KeywordException e) {
      log.warn("a task has keywords that can never match: {}", e.reason());
      return Optional.empty();
    }
  }
}
