package dev.jobradar.server.leads;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.ReceivedPost;
import dev.jobradar.server.channels.ChannelDirectory;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.channels.KnownChannel;
import dev.jobradar.server.leads.LeadChanged.Change;
import dev.jobradar.server.leads.LeadWriter.Existing;
import dev.jobradar.server.leads.LeadWriter.Finding;
import dev.jobradar.server.leads.LeadWriter.Stored;
import dev.jobradar.server.leads.PostFilter.Reading;
import dev.jobradar.server.pacing.CpuPool;
import dev.jobradar.server.tasks.Source;
import dev.jobradar.server.tasks.SourceStatus;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.TaskId;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.users.Users;
import dev.jobradar.telegram.content.MessageContent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Posts that change after they came: edits, previews of links that are ready later, parts of albums
 * that come late, deletions. A young post that begins to match becomes a lead, once. A lead follows
 * its post; it is not sent again, and never removed.
 *
 * <p>Thread-safe; for one user what comes from one channel is to be given in one call after
 * another.
 */
@Service
public class ChangedPosts {
  private static final Logger log = LoggerFactory.getLogger(ChangedPosts.class);

  /** So often tasks may change while a post is matched. */
  private static final int TRIES = 20;

  /** How many posts are looked up at once. */
  private static final int AT_ONCE = 100;

  private final Tasks tasks;
  private final Users users;
  private final ChannelDirectory channels;
  private final LeadWriter book;
  private final Leads leads;
  private final SeenPosts seen;
  private final PostFacts facts;
  private final RunningTasks running;
  private final ReadingProgress progress;
  private final WholePosts whole;
  private final PostFilter filter;
  private final DeliveryOrders orders;
  private final TransactionTemplate transactions;
  private final ApplicationEventPublisher events;
  private final LeadSettings settings;
  private final CpuPool cpu;
  private final CostlyTasks costly;
  private final PostFailures failures;
  private final Counter leadsFound;
  private final InstantSource clock;

  ChangedPosts(
      Tasks tasks,
      Users users,
      ChannelDirectory channels,
      LeadWriter book,
      Leads leads,
      SeenPosts seen,
      PostFacts facts,
      RunningTasks running,
      ReadingProgress progress,
      WholePosts whole,
      PostFilter filter,
      DeliveryOrders orders,
      TransactionTemplate transactions,
      ApplicationEventPublisher events,
      LeadSettings settings,
      CpuPool cpu,
      MeterRegistry meters,
      InstantSource clock) {
    this.tasks = tasks;
    this.users = users;
    this.channels = channels;
    this.book = book;
    this.leads = leads;
    this.seen = seen;
    this.facts = facts;
    this.running = running;
    this.progress = progress;
    this.whole = whole;
    this.filter = filter;
    this.orders = orders;
    this.transactions = transactions;
    this.events = events;
    this.settings = settings;
    this.cpu = cpu;
    this.costly = new CostlyTasks(tasks, meters);
    this.failures = new PostFailures(meters);
    this.leadsFound =
        Counter.builder("jobradar.leads.found").description("New leads").register(meters);
    this.clock = clock;
  }

  /**
   * A message that is to be looked at again.
   *
   * @param part the message
   * @param all the same, or its whole album
   * @param says whether it says something else than when it came first
   */
  public record Look(ReceivedPost part, ReceivedPost all, boolean says) {}

  /**
   * New posts with all that belongs to them.
   *
   * @param posts in ascending order of ids; late parts of albums are without words here
   * @param late late parts of albums, to be looked at first
   */
  public record Batch(List<ReceivedPost> posts, List<Look> late) {
    /** Copies the lists. */
    public Batch {
      posts = List.copyOf(posts);
      late = List.copyOf(late);
    }
  }

  // --- what is missing of posts ----------------------------------------------------------------

  /**
   * Fetches what is missing of new posts. May ask Telegram: no lock and no transaction is to be
   * held.
   *
   * @param posts in ascending order of ids
   */
  public Batch prepare(UserId user, long channelId, List<ReceivedPost> posts) {
    Optional<KnownChannel> channel = known(user, channelId);
    if (channel.isEmpty()) {
      return new Batch(posts, List.of());
    }
    List<ReceivedPost> complete = whole.complete(user, channel.get(), posts);
    Set<Long> begun = seen.albumsBefore(channelId, complete);
    Map<Long, Look> late = new LinkedHashMap<>();
    List<ReceivedPost> others = new ArrayList<>(complete.size());
    for (ReceivedPost post : complete) {
      Long album = post.albumId();
      if (album == null || !begun.contains(album)) {
        others.add(post);
      } else {
        others.add(post.withContent(MessageContent.EMPTY));
        if (!post.text().isBlank()) {
          late.computeIfAbsent(
              album, id -> new Look(post, whole.album(user, channel.get(), post), true));
        }
      }
    }
    return new Batch(others, List.copyOf(late.values()));
  }

  /**
   * Fetches what is missing of an edited post; empty when it concerns nobody: it is no lead, and
   * says what it said or is not wanted. That is found out without the database, but once for all
   * users. May ask Telegram: no lock and no transaction is to be held.
   */
  public Optional<Look> prepareEdit(UserId user, long channelId, ReceivedPost post) {
    Optional<KnownChannel> channel = known(user, channelId);
    if (channel.isEmpty()) {
      return Optional.empty();
    }
    ReceivedPost complete = whole.complete(user, channel.get(), List.of(post)).getFirst();
    boolean says = seen.differs(channelId, complete);
    boolean lead =
        facts.of(channelId, complete).lead() && book.isLead(user, names(user, channelId), complete);
    return lead || says && mayBeWanted(user, channelId, complete)
        ? Optional.of(new Look(complete, whole.album(user, channel.get(), complete), says))
        : Optional.empty();
  }

  /** Whether a task that is in memory wants it, or it takes more than this post to say so. */
  private boolean mayBeWanted(UserId user, long channelId, ReceivedPost post) {
    if (post.albumId() != null) {
      return true;
    }
    Iterator<ChannelReaders.Reader> left = running.of(user, channelId).readers().iterator();
    if (!left.hasNext()) {
      return false;
    }
    AtomicReference<@Nullable Optional<Reading>> reading = new AtomicReference<>();
    AtomicBoolean wanted = new AtomicBoolean();
    compute(
        user,
        () -> {
          Optional<Reading> read = reading.get();
          if (read == null) {
            reading.set(read(user, channelId, post));
          } else {
            Task task = left.next().task();
            wanted.set(read.isPresent() && wants(task, read.get()));
          }
          return !wanted.get() && left.hasNext();
        });
    return wanted.get();
  }

  /** When in doubt it does: then it is looked at more closely. */
  private static boolean wants(Task task, Reading reading) {
    try {
      return reading.match(task.include(), task.exclude()).isPresent();
    } catch (RuntimeException | StackOverflowError e) {
      return true;
    }
  }

  /** From memory for a channel that running tasks read. */
  private Optional<KnownChannel> known(UserId user, long channelId) {
    return Optional.ofNullable(running.of(user, channelId).channel())
        .or(() -> channels.named(user, channelId).stream().findFirst());
  }

  private Set<ChannelName> names(UserId user, long channelId) {
    return channels.named(user, channelId).stream()
        .map(KnownChannel::name)
        .collect(Collectors.toSet());
  }

  // --- what becomes of them --------------------------------------------------------------------

  /** Marks the leads of posts that were deleted. */
  public void deleted(UserId user, long channelId, List<Integer> posts) {
    Set<ChannelName> names = names(user, channelId);
    if (names.isEmpty()) {
      return;
    }
    transactions.executeWithoutResult(status -> {
      for (int from = 0; from < posts.size(); from += AT_ONCE) {
        List<Integer> some = posts.subList(from, Math.min(posts.size(), from + AT_ONCE));
        leads
            .deletedAtSource(user, names, some)
            .forEach(lead -> events.publishEvent(new LeadChanged(user, lead, Change.DELETED)));
      }
    });
  }

  /**
   * Looks at a message again for all tasks of the user that have its channel. Doing it again
   * changes nothing.
   *
   * @throws org.springframework.dao.DataAccessException when the database failed
   */
  public void lookAgain(UserId user, long channelId, Look look) {
    // Whether the post was seen before it changed must be in the database.
    progress.storeAll();
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      try {
        if (tryLook(user, channelId, look)) {
          return;
        }
      } catch (TransientDataAccessException e) {
        if (attempt == TRIES) {
          throw e;
        }
      } catch (RuntimeException e) {
        if (!failures.isItsOwn(e)) {
          throw e;
        }
        failures.steppedOver(user, null, anyName(user, channelId), look.part(), e);
        return;
      }
    }
    log.warn("{}: tasks change too often, an edit is left out", user);
  }

  private ChannelName anyName(UserId user, long channelId) {
    return names(user, channelId).stream()
        .findFirst()
        .orElseGet(() -> ChannelName.unnamed(channelId));
  }

  /** A source that is this channel, and what its task makes of the post. */
  private record Judged(Task task, Source source, Optional<Finding> finding) {
    /** All that the judgement is based on. */
    List<Object> basis() {
      return List.of(task.id(), task.include(), task.exclude(), task.mergeReposts(), source.name());
    }
  }

  private boolean tryLook(UserId user, long channelId, Look look) {
    List<Judged> judged = judged(user, channelId, look.all());
    Optional<List<LeadId>> added =
        transactions.execute(status ->
            bases(unjudged(user, channelId)).equals(bases(judged))
                ? Optional.of(store(user, channelId, judged, look))
                : Optional.empty());
    if (added == null || added.isEmpty()) {
      return false;
    }
    if (!added.get().isEmpty()) {
      leadsFound.increment(added.get().size());
      events.publishEvent(new LeadsFound(user, added.get()));
    }
    orders.ordered(user);
    return true;
  }

  private static List<List<Object>> bases(List<Judged> judged) {
    return judged.stream().map(Judged::basis).toList();
  }

  /** The sources of all tasks, those that stand still too: their leads follow their posts. */
  private List<Judged> unjudged(UserId user, long channelId) {
    Set<ChannelName> names = names(user, channelId);
    List<Judged> all = new ArrayList<>();
    for (Task task : tasks.of(user)) {
      for (Source source : task.sources()) {
        if (names.contains(source.name())) {
          all.add(new Judged(task, source, Optional.empty()));
        }
      }
    }
    return all;
  }

  /**
   * What all tasks make of the post; on the threads that are there for it, one task in each step.
   */
  private List<Judged> judged(UserId user, long channelId, ReceivedPost post) {
    Iterator<Judged> left = unjudged(user, channelId).iterator();
    List<Judged> judged = new ArrayList<>();
    Set<TaskId> tooCostly = new LinkedHashSet<>();
    AtomicReference<@Nullable Optional<Reading>> reading = new AtomicReference<>();
    compute(
        user,
        () -> {
          Optional<Reading> read = reading.get();
          if (read == null) {
            reading.set(read(user, channelId, post));
          } else if (left.hasNext()) {
            judged.add(judge(left.next(), post, read, tooCostly));
          }
          return left.hasNext();
        });
    for (TaskId task : tooCostly) {
      if (costly.pause(user, task)) {
        costly.paused(user, task);
      }
    }
    return judged;
  }

  private Judged judge(
      Judged each, ReceivedPost post, Optional<Reading> reading, Set<TaskId> tooCostly) {
    Task task = each.task();
    try {
      return new Judged(
          task, each.source(), reading.flatMap(read -> find(task, each.source(), post, read)));
    } catch (KeywordsTooCostlyException e) {
      tooCostly.add(task.id());
      return each;
    }
  }

  private void compute(UserId user, CpuPool.Job job) {
    try {
      cpu.run(user, job);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  private Optional<Reading> read(UserId user, long channelId, ReceivedPost post) {
    try {
      return filter.read(post);
    } catch (RuntimeException | StackOverflowError e) {
      failures.steppedOver(user, null, anyName(user, channelId), post, e);
      return Optional.empty();
    }
  }

  private Optional<Finding> find(Task task, Source source, ReceivedPost post, Reading reading) {
    try {
      return reading
          .match(task.include(), task.exclude())
          .map(match ->
              new Finding(
                  task,
                  source.name(),
                  post,
                  match,
                  task.mergeReposts() ? reading.likeness() : null));
    } catch (KeywordsTooCostlyException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      failures.steppedOver(task.user(), task.id(), source.name(), post, e);
      return Optional.empty();
    }
  }

  /** Stores what has become of the post; the leads that are new. */
  private List<LeadId> store(UserId user, long channelId, List<Judged> judged, Look look) {
    boolean active = users.isActive(user);
    seen.remember(channelId, List.of(look.part()));
    List<LeadId> added = new ArrayList<>();
    for (Judged each : judged) {
      Optional<Existing> lead =
          book.existing(each.task().id(), each.source().name(), look.all())
              .or(() -> book.existing(each.task().id(), each.source().name(), look.part()));
      if (lead.isPresent()) {
        change(user, lead.get(), each.finding(), look.all(), look.says());
      } else if (active && look.says() && mayBegin(each, look)) {
        each.finding().flatMap(book::add).ifPresent(added::add);
      }
    }
    added.forEach(lead -> orders.order(user, lead));
    return added;
  }

  /** Whether a post that matches by now may become a lead: one that was seen, and is young. */
  private boolean mayBegin(Judged judged, Look look) {
    ReceivedPost part = look.part();
    Integer last = judged.source().lastMessageId();
    return judged.task().isRunning()
        && judged.source().status() != SourceStatus.INVALID
        && last != null
        && (part.id() <= last || part.albumId() != null)
        && part.date().plus(settings.editedWithin()).isAfter(clock.instant())
        && !seen.dropped(
            judged.task().id(), judged.source().name(), List.of(part.id(), look.all().id()));
  }

  /**
   * Gives a lead that is there the text that its post has by now, within the caller's transaction.
   *
   * @return whether the post is a lead
   */
  boolean refresh(UserId user, Finding finding) {
    Optional<Existing> lead = book.existing(finding.task().id(), finding.source(), finding.post());
    // Of an album a page of a history may hold a part alone.
    if (lead.isPresent() && finding.post().albumId() == null) {
      change(user, lead.get(), Optional.of(finding), finding.post(), true);
    }
    return lead.isPresent();
  }

  private void change(
      UserId user, Existing lead, Optional<Finding> finding, ReceivedPost post, boolean says) {
    Stored stored = Stored.of(post, finding.map(found -> found.match().spans()).orElse(List.of()));
    // Where an excerpt is from depends on the match: without one it cannot be compared.
    if (lead.saysTheSame(stored) || (finding.isEmpty() && post.isProtected() && !says)) {
      return;
    }
    Instant editedAt = post.editedAt();
    Instant at = editedAt == null ? clock.instant() : editedAt;
    if (finding.isPresent()) {
      book.edit(lead.id(), finding.get(), at);
      if (lead.withdrawn() && !lead.delivered() && !lead.trashed()) {
        orders.order(user, lead.id());
      }
      events.publishEvent(new LeadChanged(user, lead.id(), Change.EDITED));
    } else {
      book.withdraw(lead.id(), post, at);
      orders.withdraw(user, lead.id());
      events.publishEvent(new LeadChanged(user, lead.id(), Change.WITHDRAWN));
    }
  }
}
