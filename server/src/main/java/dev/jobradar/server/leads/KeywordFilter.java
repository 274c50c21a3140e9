package dev.jobradar.server.leads;

import dev.jobradar.server.filter.KeywordException;
import dev.jobradar.server.filter.Keywords;
import dev.jobradar.server.filter.Words;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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

  private final Map<Written, Optional<Keywords>> compiled =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Written, Optional<Keywords>> eldest) {
          return size() > REMEMBERED;
        }
      };

  @Override
  public Optional<Matched> match(List<String> include, List<String> exclude, String text) {
    return keywords(new Written(include, exclude))
        .flatMap(keywords -> keywords.match(Words.of(text)))
        .map(match ->
            new Matched(
                match.keyword(),
                match.spans().stream().map(s -> new Span(s.start(), s.end())).toList()));
  }

  private Optional<Keywords> keywords(Written written) {
    synchronized (compiled) {
      return compiled.computeIfAbsent(written, KeywordFilter::compile);
    }
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

  @Override
  public Optional<String> fingerprint(String text) {
    String words = text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    if (words.isEmpty()) {
      return Optional.empty();
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(words.getBytes(StandardCharsets.UTF_8));
      return Optional.of(Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
