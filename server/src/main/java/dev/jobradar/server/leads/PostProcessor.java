package dev.jobradar.server.leads;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.ReceivedPost;
import dev.jobradar.server.channels.ChannelDirectory;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.leads.ChannelReaders.Reader;
import dev.jobradar.server.leads.LeadWriter.Finding;
import dev.jobradar.server.leads.PostFilter.Reading;
import dev.jobradar.server.pacing.CpuPool;
import dev.jobradar.server.storage.GroupCommit;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.TaskId;
import dev.jobradar.server.tasks.Tasks;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Turns posts into leads. Leads and the deliveries to make of a batch of posts are one transaction,
 * shared with what comes for other users at that moment; how far each source and the channel were
 * read is stored with it or after it, never before. So after a crash a batch was handled, or is
 * handled again, which changes nothing.
 *
 * <p>Thread-safe; for one user the posts of one channel are to be given in one call after another.
 */
@Service
public class PostProcessor {
  private static final Logger log = LoggerFactory.getLogger(PostProcessor.class);

  private static final int TRIES = 4;

  private final Tasks tasks;
  private final RunningTasks running;
  private final ReadingProgress progress;
  private final ChannelDirectory channels;
  private final LeadWriter book;
  private final SeenPosts seen;
  private final ChangedPosts changed;
  private final PostFilter filter;
  private final DeliveryOrders orders;
  private final GroupCommit group;
  private final TransactionTemplate transactions;
  private final ApplicationEventPublisher events;
  private final PostFailures failures;

  /** Within a transaction: undoes only its own part when it fails. */
  private final TransactionTemplate nested;

  private final CpuPool cpu;
  private final Counter postsSeen;
  private final Counter leadsFound;
  private final CostlyTasks costly;

  PostProcessor(
      Tasks tasks,
      RunningTasks running,
      ReadingProgress progress,
      ChannelDirectory channels,
      LeadWriter book,
      SeenPosts seen,
      ChangedPosts changed,
      PostFilter filter,
      DeliveryOrders orders,
      GroupCommit group,
      TransactionTemplate transactions,
      ApplicationEventPublisher events,
      CpuPool cpu,
      MeterRegistry meters) {
    this.tasks = tasks;
    this.running = running;
    this.progress = progress;
    this.channels = channels;
    this.book = book;
    this.seen = seen;
    this.changed = changed;
    this.filter = filter;
    this.orders = orders;
    this.group = group;
    this.transactions = transactions;
    this.events = events;
    this.cpu = cpu;
    this.failures = new PostFailures(meters);
    this.nested = new TransactionTemplate(manager(transactions));
    nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    this.postsSeen =
        Counter.builder("jobradar.posts.seen")
            .description("New posts of watched channels, once per user")
            .register(meters);
    this.leadsFound =
        Counter.builder("jobradar.leads.found").description("New leads").register(meters);
    Gauge.builder("jobradar.users.in.memory", running, RunningTasks::size)
        .description("Users whose running tasks are in memory")
        .register(meters);
    this.costly = new CostlyTasks(tasks, meters);
  }

  private static PlatformTransactionManager manager(TransactionTemplate transactions) {
    return Objects.requireNonNull(transactions.getTransactionManager());
  }

  /**
   * Handles new posts of a channel for all of the user's tasks that want it. A post that itself
   * cannot be handled, because the filter breaks on it or the database will not have it, is stepped
   * over: it costs nothing but its own lead, and the operator is told.
   *
   * @param posts in ascending order of ids
   * @param position how far the channel was read with them
   * @throws org.springframework.dao.DataAccessException when the database failed: then nothing of
   *     it is stored
   */
  public void take(UserId user, long channelId, List<ReceivedPost> posts, String position) {
    for (int attempt = 1; attempt < TRIES; attempt++) {
      try {
        // The first time with others; what failed is tried again alone.
        Transaction store = attempt == 1 ? group::run : this::alone;
        if (tryTake(user, channelId, posts, position, store, this::added)) {
          return;
        }
      } catch (TransientDataAccessException e) {
        // A lock was held for long.
        log.debug("{}: posts are taken once more", user, e);
      } catch (RuntimeException e) {
        // A task that is deleted at this moment takes its rows with it: that is over next time.
        if (!failures.isItsOwn(e)) {
          throw e;
        }
      }
    }
    for (int attempt = 0; attempt < TRIES; attempt++) {
      if (tryTake(user, channelId, posts, position, this::alone, found -> addedEach(user, found))) {
        return;
      }
    }
    takeWhileNothingChanges(user, channelId, posts, position);
  }

  private boolean tryTake(
      UserId user,
      long channelId,
      List<ReceivedPost> posts,
      String position,
      Transaction store,
      Function<List<Finding>, List<LeadId>> add) {
    // Matching costs time: it is done before the transaction, which then makes sure that nothing
    // it was based on has changed.
    ChannelReaders readers = running.of(user, channelId);
    Search search = new Search(user, readers, posts);
    compute(user, search);
    if (search.foundNothing() && isNoted(channelId, readers, posts, position)) {
      postsSeen.increment(posts.size());
      return true;
    }
    boolean simple = search.tooCostly.isEmpty() && readers.canMove();
    Optional<Taken> taken =
        store.apply(() -> {
          if (simple) {
            return running.stillHold(user, readers, search.found)
                ? Optional.of(leads(user, search, add))
                : Optional.empty();
          }
          return running.stored(user, channelId).bases().equals(readers.bases())
              ? Optional.of(write(user, channelId, search, add, position))
              : Optional.empty();
        });
    if (taken.isEmpty()) {
      running.forget(user);
      return false;
    }
    if (!simple || !isNoted(channelId, readers, posts, position)) {
      readers.stored(position, newest(posts));
    }
    taken(user, posts, taken.get());
    return true;
  }

  /** How something is stored. */
  @FunctionalInterface
  private interface Transaction {
    Optional<Taken> apply(Supplier<Optional<Taken>> work);
  }

  private Optional<Taken> alone(Supplier<Optional<Taken>> work) {
    return Objects.requireNonNull(transactions.execute(status -> work.get()));
  }

  /** The leads alone: how far was read is stored soon, and until then they are found again. */
  private Taken leads(UserId user, Search search, Function<List<Finding>, List<LeadId>> add) {
    List<LeadId> leads = add.apply(search.found);
    leads.forEach(lead -> orders.order(user, lead));
    return new Taken(leads, List.of());
  }

  /** A post that nobody wants writes nothing of its own: how far it was read is stored soon. */
  private boolean isNoted(
      long channelId, ChannelReaders readers, List<ReceivedPost> posts, String position) {
    boolean noted = readers.move(position, newest(posts));
    if (noted) {
      if (!readers.isEmpty()) {
        seen.note(channelId, posts);
      }
      progress.add(readers);
    }
    return noted;
  }

  private static int newest(List<ReceivedPost> posts) {
    return posts.isEmpty() ? 0 : posts.getLast().id();
  }

  /**
   * Notes that a channel was read further without a post for us, if there is nothing else to note.
   *
   * @return false when there is, or when nobody reads the channel
   */
  public boolean moved(UserId user, long channelId, String position) {
    return isNoted(channelId, running.of(user, channelId), List.of(), position);
  }

  /** Notes how far an account's common updates were handled, after all that came before. */
  public void accountMoved(UserId user, String position) {
    progress.accountMoved(user, position);
  }

  /** No posts of a user come any more: their tasks need not be in memory. */
  public void nothingComes(UserId user) {
    running.forget(user);
  }

  /** Stores how far everything was read: who looks at stored positions needs the newest. */
  public void storePositions() {
    progress.storeAll();
  }

  /** On the threads that are there for it, and in turn with other users. */
  private void compute(UserId user, CpuPool.Job job) {
    try {
      cpu.run(user, job);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  /** Within the transaction: the person changes tasks all the time, and each time in between. */
  private void takeWhileNothingChanges(
      UserId user, long channelId, List<ReceivedPost> posts, String position) {
    progress.storeAll();
    Taken taken =
        transactions.execute(status -> {
          Search search = new Search(user, running.stored(user, channelId), posts);
          while (search.step()) {}
          return write(user, channelId, search, found -> addedEach(user, found), position);
        });
    running.forget(user);
    taken(user, posts, taken);
  }

  /**
   * What was stored.
   *
   * @param paused the tasks whose keywords are too costly
   */
  private record Taken(List<LeadId> leads, List<TaskId> paused) {}

  private Taken write(
      UserId user,
      long channelId,
      Search search,
      Function<List<Finding>, List<LeadId>> add,
      String position) {
    if (!search.readers.isEmpty()) {
      seen.remember(channelId, search.posts);
    }
    List<LeadId> leads = add.apply(search.found);
    if (!search.posts.isEmpty()) {
      int newest = newest(search.posts);
      List<Tasks.Progress> further = new ArrayList<>();
      for (Reader reader : search.readers.readers()) {
        if (reader.isSettled()) {
          further.add(
              new Tasks.Progress(
                  user, reader.task().id(), reader.source().name(), channelId, newest));
        } else {
          tasks.seen(reader.task().id(), reader.source().name(), newest);
        }
      }
      tasks.seen(further);
    }
    leads.forEach(lead -> orders.order(user, lead));
    channels.moved(user, channelId, position);
    return new Taken(
        leads, search.tooCostly.stream().filter(task -> costly.pause(user, task)).toList());
  }

  private List<LeadId> added(List<Finding> findings) {
    return findings.stream().map(book::add).flatMap(Optional::stream).toList();
  }

  /** Each on its own, within the transaction; those that the database will not have left out. */
  private List<LeadId> addedEach(UserId user, List<Finding> findings) {
    List<LeadId> leads = new ArrayList<>();
    for (Finding finding : findings) {
      try {
        Optional<LeadId> lead = nested.execute(status -> book.add(finding));
        if (lead != null) {
          lead.ifPresent(leads::add);
        }
      } catch (RuntimeException e) {
        if (!failures.isItsOwn(e)) {
          throw e;
        }
        failures.steppedOver(user, finding.task().id(), finding.source(), finding.post(), e);
      }
    }
    return leads;
  }

  private void taken(UserId user, List<ReceivedPost> posts, Taken taken) {
    postsSeen.increment(posts.size());
    try {
      published(user, taken.leads());
    } finally {
      taken.paused().forEach(task -> costly.paused(user, task));
    }
  }

  private void published(UserId user, List<LeadId> leads) {
    if (!leads.isEmpty()) {
      leadsFound.increment(leads.size());
      try {
        // First, so that who listens hears of a lead before it hears that it was sent.
        events.publishEvent(new LeadsFound(user, leads));
      } finally {
        orders.ordered(user);
      }
    }
  }

  /** Matches new posts, one post and one task in each step. */
  private final class Search implements CpuPool.Job {
    final UserId user;
    final ChannelReaders readers;
    final List<ReceivedPost> posts;
    final List<Finding> found = new ArrayList<>();

    /** Tasks that were given up: they are to be paused. */
    final Set<TaskId> tooCostly = new LinkedHashSet<>();

    private final Iterator<ReceivedPost> left;
    private Iterator<Reader> wanting = Collections.emptyIterator();
    private @Nullable ReceivedPost post;
    private Optional<Reading> reading = Optional.empty();

    Search(UserId user, ChannelReaders readers, List<ReceivedPost> posts) {
      this.user = user;
      this.readers = readers;
      this.posts = posts;
      this.left = Albums.joined(posts).iterator();
    }

    boolean foundNothing() {
      return found.isEmpty() && tooCostly.isEmpty();
    }

    @Override
    public boolean step() {
      ReceivedPost now = post;
      if (now != null && wanting.hasNext()) {
        Reader reader = wanting.next();
        reading.ifPresent(text -> match(reader, now, text));
      } else if (left.hasNext()) {
        next(left.next());
      }
      return wanting.hasNext() || left.hasNext();
    }

    private void next(ReceivedPost next) {
      List<Reader> all =
          readers.readers().stream().filter(reader -> readers.isNew(reader, next.id())).toList();
      post = next;
      reading =
          all.isEmpty() ? Optional.empty() : reading(user, all.getFirst().source().name(), next);
      wanting = reading.isEmpty() ? Collections.emptyIterator() : all.iterator();
    }

    private void match(Reader reader, ReceivedPost now, Reading text) {
      TaskId task = reader.task().id();
      if (!tooCostly.contains(task)) {
        try {
          find(reader.task(), reader.source().name(), now, text).ifPresent(found::add);
        } catch (KeywordsTooCostlyException e) {
          tooCostly.add(task);
        }
      }
    }
  }

  /** Reads a post; empty for one that nobody looks for, and for one that cannot be read. */
  private Optional<Reading> reading(UserId user, ChannelName source, ReceivedPost post) {
    try {
      return filter.read(post);
    } catch (RuntimeException | StackOverflowError e) {
      // The same text breaks it the same way: no use in another try.
      failures.steppedOver(user, null, source, post, e);
      return Optional.empty();
    }
  }

  private Optional<Finding> find(
      Task task, ChannelName source, ReceivedPost post, Reading reading) {
    try {
      return reading
          .match(task.include(), task.exclude())
          .map(match ->
              new Finding(
                  task, source, post, match, task.mergeReposts() ? reading.likeness() : null));
    } catch (KeywordsTooCostlyException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      failures.steppedOver(task.user(), task.id(), source, post, e);
      return Optional.empty();
    }
  }

  /** What handles posts that change. */
  ChangedPosts changed() {
    return changed;
  }

  // --- old posts -----------------------------------------------------------------------------

  /** A match among old posts, to be stored with {@link #store}. */
  public static final class OldMatch {
    private final Finding finding;

    private OldMatch(Finding finding) {
      this.finding = finding;
    }

    /** The post that matched. */
    public ReceivedPost post() {
      return finding.post();
    }
  }

  /**
   * Which of a source's old posts a task wants, in the order given; stores nothing.
   *
   * @throws KeywordsTooCostlyException when the task is to be paused: {@link #pause}
   */
  public List<OldMatch> match(Task task, ChannelName source, List<ReceivedPost> posts) {
    Iterator<ReceivedPost> left = Albums.joined(posts).iterator();
    List<OldMatch> found = new ArrayList<>();
    compute(
        task.user(),
        () -> {
          if (left.hasNext()) {
            ReceivedPost post = left.next();
            reading(task.user(), source, post)
                .flatMap(reading -> find(task, source, post, reading))
                .map(OldMatch::new)
                .ifPresent(found::add);
          }
          return left.hasNext();
        });
    return found;
  }

  /** Pauses a task whose keywords are too costly, and tells its owner; not one that is paused. */
  public void pause(Task task) {
    if (costly.pause(task.user(), task.id())) {
      costly.paused(task.user(), task.id());
    }
  }

  /**
   * Stores old posts as leads, as a part of the caller's transaction; how far the source was read
   * stays as it is. A post that the database will not have is stepped over.
   *
   * @param deliver whether they are to be sent to the person
   * @return the leads that are new; {@link #stored} is to be told of them after the transaction
   */
  public List<LeadId> store(UserId user, List<OldMatch> matches, boolean deliver) {
    // What is a lead already may have been edited while nobody was told.
    List<Finding> fresh =
        matches.stream()
            .map(match -> match.finding)
            .filter(finding -> !changed.refresh(user, finding))
            .map(Finding::ofHistory)
            .toList();
    List<LeadId> leads = addedEach(user, fresh);
    if (deliver) {
      leads.forEach(lead -> orders.order(user, lead));
    }
    return leads;
  }

  /** Says that the transaction which stored these leads is committed. */
  public void stored(UserId user, List<LeadId> leads) {
    published(user, leads);
  }
}
