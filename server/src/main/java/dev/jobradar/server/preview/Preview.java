package dev.jobradar.server.preview;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.AccountException;
import dev.jobradar.server.account.Accounts;
import dev.jobradar.server.account.FailureCode;
import dev.jobradar.server.account.PageQuery;
import dev.jobradar.server.account.PostPage;
import dev.jobradar.server.account.ReceivedPost;
import dev.jobradar.server.account.SkippedPosts;
import dev.jobradar.server.channels.ChannelCheck;
import dev.jobradar.server.channels.ChannelChecks;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.filter.Explanation;
import dev.jobradar.server.filter.Match;
import dev.jobradar.server.leads.PostFilter;
import dev.jobradar.server.leads.WholePosts;
import dev.jobradar.server.pacing.CpuPool;
import dev.jobradar.server.pacing.TimeLimit;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/**
 * Tells what keywords would have caught among the last posts of sources. Reads one page of each
 * source, for one request of a user at a time, and stores nothing. Thread-safe.
 */
@Service
public class Preview {
  /** How many posts of a source are read at most. */
  public static final int MAX_POSTS = 100;

  private static final Duration PATIENCE = Duration.ofSeconds(25);

  private final ChannelChecks checks;
  private final Accounts accounts;
  private final InstantSource clock;
  private final PostFilter filter;
  private final WholePosts whole;
  private final CpuPool cpu;
  private final Duration patience;
  private final Set<UserId> busy = ConcurrentHashMap.newKeySet();

  @Autowired
  Preview(
      ChannelChecks checks,
      Accounts accounts,
      InstantSource clock,
      PostFilter filter,
      WholePosts whole,
      CpuPool cpu) {
    this(checks, accounts, clock, filter, whole, cpu, PATIENCE);
  }

  public Preview(
      ChannelChecks checks,
      Accounts accounts,
      InstantSource clock,
      PostFilter filter,
      WholePosts whole,
      CpuPool cpu,
      Duration patience) {
    this.clock = clock;
    this.checks = checks;
    this.accounts = accounts;
    this.filter = filter;
    this.whole = whole;
    this.cpu = cpu;
    this.patience = patience;
  }

  /**
   * What is wanted.
   *
   * @param limit how many of each source's posts are read, 1 to {@value #MAX_POSTS}
   */
  public record Search(
      List<ChannelName> sources, List<String> include, List<String> exclude, int limit) {}

  /** A post that would have been caught. */
  public record Caught(ChannelName source, ReceivedPost post, Match match) {}

  /**
   * How a source was read.
   *
   * @param finding what was found out about it; when it is a channel, it was read
   * @param read how many of its posts were read
   * @param matched how many of them would have been caught
   * @param passedOver posts among them that cannot be read
   */
  public record Reading(
      ChannelCheck finding, int read, int matched, List<SkippedPosts> passedOver) {
    /** Copies the list. */
    public Reading {
      passedOver = List.copyOf(passedOver);
    }

    private static Reading nothing(ChannelCheck finding) {
      return new Reading(finding, 0, 0, List.of());
    }
  }

  /**
   * A post that was read.
   *
   * @param why it would have been caught or not; null for one that nobody looks for: without words,
   *     the account's own, or a message of ours
   */
  public record Looked(ChannelName source, ReceivedPost post, @Nullable Explanation why) {
    private Optional<Caught> caught() {
      return Optional.ofNullable(why)
          .flatMap(Explanation::match)
          .map(match -> new Caught(source, post, match));
    }
  }

  /**
   * What came of it.
   *
   * @param posts all that were read, newest first; an album is one
   */
  public record Result(Map<ChannelName, Reading> sources, List<Looked> posts) {
    /** What would have been caught, newest first. */
    public List<Caught> caught() {
      return posts.stream().map(Looked::caught).flatMap(Optional::stream).toList();
    }
  }

  /**
   * Reads and matches.
   *
   * @throws PreviewBusyException while another one of the user is in progress
   * @throws CpuPool.BusyException when too many posts of others wait to be matched
   * @throws dev.jobradar.server.leads.KeywordsTooCostlyException when the keywords take more work
   *     for one of the posts than is allowed
   */
  public Result run(UserId user, Search search) throws InterruptedException {
    if (!busy.add(user)) {
      throw new PreviewBusyException();
    }
    try {
      Round round = new Round(user, search, checks.check(user, search.sources()));
      TimeLimit.run(patience, round::run);
      return round.result();
    } finally {
      busy.remove(user);
    }
  }

  private final class Round {
    private final UserId user;
    private final Search search;
    private final Map<ChannelName, ChannelCheck> findings;
    // Guarded by this, as what follows.
    private final Map<ChannelName, Reading> readings = new LinkedHashMap<>();
    private final List<Looked> looked = new ArrayList<>();

    Round(UserId user, Search search, Map<ChannelName, ChannelCheck> findings) {
      this.user = user;
      this.search = search;
      this.findings = findings;
      ChannelCheck notYet = new ChannelCheck.NotChecked(FailureCode.UNREACHABLE, null);
      findings.forEach((name, finding) ->
          readings.put(
              name, Reading.nothing(finding instanceof ChannelCheck.Found ? notYet : finding)));
    }

    synchronized Result result() {
      return new Result(
          new LinkedHashMap<>(readings),
          looked.stream()
              .sorted(Comparator.comparing((Looked each) -> each.post().date()).reversed())
              .toList());
    }

    void run() throws InterruptedException {
      ChannelCheck held = null;
      for (Map.Entry<ChannelName, ChannelCheck> entry : findings.entrySet()) {
        ChannelName name = entry.getKey();
        if (entry.getValue() instanceof ChannelCheck.Found found) {
          ChannelCheck failure = held == null ? read(name, found) : held;
          if (failure != null) {
            put(name, Reading.nothing(failure), List.of());
          }
          // What keeps this source from being read keeps the others too.
          if (failure instanceof ChannelCheck.NotChecked) {
            held = failure;
          }
        }
      }
    }

    private synchronized void put(ChannelName name, Reading reading, List<Looked> posts) {
      readings.put(name, reading);
      looked.addAll(posts);
    }

    /** Null when it went well. */
    private @Nullable ChannelCheck read(ChannelName name, ChannelCheck.Found found)
        throws InterruptedException {
      PostPage page;
      try {
        page =
            accounts.history(user, found.channel().channel(), new PageQuery(0, 0, search.limit()));
      } catch (AccountException e) {
        return ChannelCheck.of(e, clock.instant());
      }
      List<Looked> seen = new ArrayList<>();
      List<ReceivedPost> posts = whole.complete(user, found.channel(), page.posts());
      Iterator<ReceivedPost> left = filter.joined(posts).iterator();
      cpu.runRequest(
          user,
          () -> {
            if (left.hasNext()) {
              ReceivedPost post = left.next();
              Explanation why =
                  filter
                      .read(post)
                      .map(reading -> reading.explain(search.include(), search.exclude()))
                      .orElse(null);
              seen.add(new Looked(name, post, why));
            }
            return left.hasNext();
          });
      int matched = (int) seen.stream().filter(each -> each.caught().isPresent()).count();
      put(name, new Reading(found, page.posts().size(), matched, page.passedOver()), seen);
      return null;
    }
  }
}
