package dev.jobradar.server.leads;

import dev.jobradar.server.account.ReceivedPost;
import dev.jobradar.server.filter.Explanation;
import dev.jobradar.server.filter.Fingerprint;
import dev.jobradar.server.filter.HiddenLink;
import dev.jobradar.server.filter.KeywordException;
import dev.jobradar.server.filter.Keywords;
import dev.jobradar.server.filter.Match;
import dev.jobradar.server.filter.MatchOutcome;
import dev.jobradar.server.filter.PostWords;
import dev.jobradar.server.filter.Span;
import dev.jobradar.telegram.content.MessageContent;
import dev.jobradar.telegram.content.TextEntity.Link;
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

  private static final int REMEMBERED = 20_000;

  private final RecentPosts posts =
      new RecentPosts(content -> PostWords.of(content.text(), hiddenLinks(content)));

  private record Written(List<String> include, List<String> exclude) {}

  /** The originals of reposts are compared again and again, and within transactions. */
  private static final int FINGERPRINTS = 500;

  /** Guarded by itself. */
  private final Map<Written, Optional<Keywords>> compiled = new LastUsed<>(REMEMBERED);

  /** Guarded by itself. */
  private final Map<MessageContent, Fingerprint> fingerprints = new LastUsed<>(FINGERPRINTS);

  /** Remembers what was used last. */
  private static final class LastUsed<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;
    private final int most;

    LastUsed(int most) {
      super(16, 0.75f, true);
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > most;
    }
  }

  @Override
  public Optional<Reading> read(ReceivedPost post) {
    if (post.outgoing() || post.text().isBlank() || OwnMessages.isOne(post.text())) {
      return Optional.empty();
    }
    PostWords words = posts.words(post.content());
    return Optional.of(
        new Reading() {
          @Override
          public Optional<Match> match(List<String> include, List<String> exclude) {
            return keywords(new Written(include, exclude))
                .flatMap(wanted -> answer(wanted.match(words)));
          }

          @Override
          public Explanation explain(List<String> include, List<String> exclude) {
            Explanation explanation =
                keywords(new Written(include, exclude))
                    .map(wanted -> wanted.explain(words))
                    .orElse(Explanation.NOTHING);
            if (explanation.outcome() instanceof MatchOutcome.TooCostly(long steps)) {
              throw new KeywordsTooCostlyException(steps);
            }
            return explanation;
          }

          @Override
          public Likeness likeness() {
            return new Print(fingerprint(post.content()));
          }
        });
  }

  /** The links whose addresses the text does not show. */
  private static List<HiddenLink> hiddenLinks(MessageContent content) {
    return content.entities().stream()
        .filter(Link.class::isInstance)
        .map(Link.class::cast)
        .filter(link -> !content.text().contains(link.url()))
        .map(link -> new HiddenLink(link.url(), new Span(link.offset(), link.end())))
        .toList();
  }

  private Fingerprint fingerprint(MessageContent content) {
    synchronized (fingerprints) {
      Fingerprint known = fingerprints.get(content);
      if (known != null) {
        return known;
      }
    }
    Fingerprint fresh =
        Fingerprint.of(
            content.text(), hiddenLinks(content).stream().map(HiddenLink::address).toList());
    synchronized (fingerprints) {
      fingerprints.put(content, fresh);
    }
    return fresh;
  }

  private static Optional<Match> answer(MatchOutcome outcome) {
    if (outcome instanceof MatchOutcome.TooCostly(long steps)) {
      throw new KeywordsTooCostlyException(steps);
    }
    return outcome.match();
  }

  private final class Print implements Likeness {
    private final Fingerprint fingerprint;

    Print(Fingerprint fingerprint) {
      this.fingerprint = fingerprint;
    }

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
      return fingerprint.isRepostOf(KeywordFilter.this.fingerprint(other));
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

  /**
   * Keywords are checked when they are entered; those that an earlier version stored may be refused
   * today. The others go on working, and the task says which are ignored.
   */
  private static Optional<Keywords> compile(Written written) {
    try {
      return Optional.of(Keywords.compile(written.include(), written.exclude()));
    } catch (KeywordException e) {
      log.warn("some keywords of a task are refused and ignored: {}", e.reason());
      List<String> include = accepted(written.include());
      // Without its include words the task would want every post.
      return include.isEmpty() && !written.include().isEmpty()
          ? Optional.empty()
          : Optional.of(Keywords.compile(include, accepted(written.exclude())));
    }
  }

  private static List<String> accepted(List<String> keywords) {
    return keywords.stream()
        .filter(keyword -> Keywords.problem(keyword).isEmpty())
        .limit(Keywords.MAX_GROUPS)
        .toList();
  }
}
