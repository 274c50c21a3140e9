package dev.jobradar.server.backfill;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.AccountException;
import dev.jobradar.server.account.Accounts;
import dev.jobradar.server.account.PageQuery;
import dev.jobradar.server.account.PostPage;
import dev.jobradar.server.account.ReceivedPost;
import dev.jobradar.server.account.WatchList;
import dev.jobradar.server.channels.ChannelDirectory;
import dev.jobradar.server.channels.KnownChannel;
import dev.jobradar.server.leads.KeywordsTooCostlyException;
import dev.jobradar.server.leads.LeadId;
import dev.jobradar.server.leads.PostProcessor;
import dev.jobradar.server.leads.PostProcessor.OldMatch;
import dev.jobradar.server.leads.WholePosts;
import dev.jobradar.server.tasks.Source;
import dev.jobradar.server.tasks.SourceStatus;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.Tasks;
import dev.jobradar.server.users.Users;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One step of a user's backfills: a page is read, and what it brought is one transaction with how
 * far the backfill is. After a crash a page was taken whole or not at all. Thread-safe; for one
 * user one step is to follow another.
 */
@Service
class BackfillSteps {
  /** What a backfill waits for while the user's plan has run out. */
  static final String PLAN_EXPIRED = "PLAN_EXPIRED";

  private static final int PAGE = 100;

  /** The retry delay when no end of the failure is known. */
  private static final Duration UNREACHABLE = Duration.ofSeconds(15);

  /** Telegram answers, and not with what can be read: that seldom passes soon. */
  private static final Duration FAILING = Duration.ofMinutes(2);

  private static final Duration MOST_UNREACHABLE = Duration.ofMinutes(1);
  private static final Duration SIGNED_OUT = Duration.ofMinutes(1);
  private static final Duration STANDS_STILL = Duration.ofMinutes(10);

  /** By then monitoring has begun with a source, also where many channels take turns. */
  private static final Duration MONITORING_BEGINS = Duration.ofSeconds(90);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  private final Backfills backfills;
  private final Tasks tasks;
  private final Users users;
  private final ChannelDirectory channels;
  private final Accounts accounts;
  private final PostProcessor intake;
  private final WholePosts whole;
  private final TransactionTemplate transactions;
  private final ApplicationEventPublisher events;
  private final BackfillSettings settings;
  private final InstantSource clock;

  BackfillSteps(
      Backfills backfills,
      Tasks tasks,
      Users users,
      ChannelDirectory channels,
      Accounts accounts,
      PostProcessor intake,
      WholePosts whole,
      TransactionTemplate transactions,
      ApplicationEventPublisher events,
      BackfillSettings settings,
      InstantSource clock) {
    this.backfills = backfills;
    this.tasks = tasks;
    this.users = users;
    this.channels = channels;
    this.accounts = accounts;
    this.intake = intake;
    this.whole = whole;
    this.transactions = transactions;
    this.events = events;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Does one.
   *
   * @return when the next one is due; null when there is none
   */
  @Nullable Instant step(UserId user) throws InterruptedException {
    Optional<Backfill> due = backfills.due(user);
    if (due.isEmpty()) {
      return backfills.nextDue(user).orElse(null);
    }
    Backfill backfill = due.get();
    Optional<Task> task = tasks.find(user, backfill.task());
    if (task.isPresent()) {
      advance(backfill, task.get());
      backfills.find(user, backfill.id()).map(BackfillChanged::new).ifPresent(events::publishEvent);
    }
    Instant rested = clock.instant().plus(settings.pause());
    return backfills.nextDue(user).map(next -> next.isAfter(rested) ? next : rested).orElse(null);
  }

  private void advance(Backfill backfill, Task task) throws InterruptedException {
    UserId user = backfill.user();
    Instant now = clock.instant();
    if (!users.isActive(user)) {
      backfills.postpone(backfill.id(), PLAN_EXPIRED, now.plus(STANDS_STILL));
      return;
    }
    try {
      KnownChannel channel = channels.find(user, backfill.source());
      PostPage page =
          accounts.history(user, channel.channel(), new PageQuery(backfill.beforeId(), 0, PAGE));
      List<OldMatch> matches;
      try {
        matches =
            intake.match(task, backfill.source(), whole.complete(user, channel, page.posts()));
      } catch (KeywordsTooCostlyException e) {
        backfills.fail(backfill.id(), KeywordsTooCostlyException.CODE);
        intake.pause(task);
        return;
      }
      // What monitoring has seen by now, be it by other keywords, is not new to it any more.
      intake.storePositions();
      List<LeadId> added =
          transactions.execute(status -> store(backfill, channel, task, page, matches));
      if (!added.isEmpty()) {
        intake.stored(user, added);
      }
    } catch (AccountException e) {
      failed(backfill, e);
    }
  }

  /**
   * Stores nothing when it was called off, or when the page is to be read again: the task looks for
   * something else by now, the channel has another name, or monitoring has to begin first.
   */
  private List<LeadId> store(
      Backfill backfill,
      KnownChannel channel,
      Task matchedFor,
      PostPage page,
      List<OldMatch> matches) {
    Optional<Task> task = tasks.find(backfill.user(), backfill.task());
    boolean renamed =
        backfills
            .find(backfill.user(), backfill.id())
            .filter(now -> now.source().equals(backfill.source()))
            .isEmpty();
    if (renamed || task.isEmpty() || !looksForTheSame(task.get(), matchedFor)) {
      return List.of();
    }
    List<OldMatch> old = matches;
    Source source = watched(backfill, task.get());
    if (source != null && !page.posts().isEmpty()) {
      if (backfill.beforeId() == 0 && !meets(backfill, channel, matchedFor, source, page)) {
        return List.of();
      }
      old = old(source, matches);
    }
    List<OldMatch> wanted = old.stream().limit(backfill.wanted() - backfill.found()).toList();
    boolean full = backfill.found() + wanted.size() >= backfill.wanted();
    boolean done = full || page.next() == 0;
    int read = full ? countUpTo(page, wanted.getLast().post()) : page.posts().size();
    if (!backfills.advance(backfill, wanted.size(), read, page.total(), page.next(), done)) {
      return List.of();
    }
    backfills.passedOver(backfill.id(), page.passedOver());
    List<LeadId> added = intake.store(backfill.user(), wanted, backfill.deliver());
    backfills.added(backfill.id(), added.size());
    return added;
  }

  private static boolean looksForTheSame(Task first, Task second) {
    return first.include().equals(second.include())
        && first.exclude().equals(second.exclude())
        && first.mergeReposts() == second.mergeReposts();
  }

  // --- beside monitoring -----------------------------------------------------------------------

  /** The source, if monitoring reads it. */
  private static @Nullable Source watched(Backfill backfill, Task task) {
    return task.sources().stream()
        .filter(source -> task.isRunning() && source.name().equals(backfill.source()))
        .findFirst()
        .orElse(null);
  }

  /**
   * What monitoring leaves to us. A post that is newer than what it has seen will be a lead that is
   * delivered: taken here, it would not be. Monitoring may be any number of pages behind.
   */
  private static List<OldMatch> old(Source source, List<OldMatch> matches) {
    Integer last = source.lastMessageId();
    return last == null
        ? matches
        : matches.stream().filter(match -> match.post().id() <= last).toList();
  }

  /**
   * Sees to it that no post is left out between the first page and what monitoring reads; false
   * when the page is to be read again for that, since monitoring begins with the newest post there
   * is at that moment. Where it has not begun in good time, it is told to begin after the page.
   */
  private boolean meets(
      Backfill backfill, KnownChannel channel, Task before, Source source, PostPage page) {
    if (source.lastMessageId() != null) {
      Source then = watched(backfill, before);
      return then != null && then.lastMessageId() != null;
    }
    Instant now = clock.instant();
    Duration age = Duration.between(backfill.createdAt(), now);
    // Below zero when the clock was set back.
    if (source.status() == SourceStatus.OK
        && !age.isNegative()
        && age.compareTo(MONITORING_BEGINS) < 0) {
      backfills.lookAgain(
          backfill.id(), now.plus(age.compareTo(LOOK_AGAIN) < 0 ? LOOK_AGAIN : age));
      return false;
    }
    int newest = page.posts().getFirst().id();
    tasks.seen(source.task(), source.name(), newest);
    long id = channel.channel().id();
    if (channels.named(backfill.user(), id).stream().allMatch(each -> each.position() == null)) {
      channels.moved(backfill.user(), id, WatchList.after(newest));
    }
    return true;
  }

  private static int countUpTo(PostPage page, ReceivedPost last) {
    return (int) page.posts().stream().filter(post -> post.id() >= last.id()).count();
  }

  /** Once more with what its name means now. */
  private void renew(Backfill backfill, String error) throws InterruptedException {
    try {
      channels.resolve(backfill.user(), backfill.source());
      backfills.postpone(backfill.id(), error, clock.instant());
    } catch (AccountException e) {
      failed(backfill, e);
    }
  }

  private void failed(Backfill backfill, AccountException failure) throws InterruptedException {
    Instant now = clock.instant();
    String error = failure.code();
    switch (failure) {
      case AccountException.FloodWait flood ->
          backfills.postpone(backfill.id(), error, now.plus(flood.delay()));
      case AccountException.SlowMode slow ->
          backfills.postpone(backfill.id(), error, now.plus(slow.delay()));
      case AccountException.Unreachable unreachable -> {
        Instant next = unreachable.nextTry();
        Instant soon = now.plus(unreachable.thisCallOnly() ? FAILING : UNREACHABLE);
        Instant late = now.plus(MOST_UNREACHABLE);
        // By a clock that may have been set since.
        boolean planned = next != null && next.isAfter(now) && next.isBefore(late);
        backfills.postpone(backfill.id(), error, next != null && planned ? next : soon);
      }
      case AccountException.NotSignedIn _, AccountException.SessionEnded _ ->
          backfills.postpone(backfill.id(), error, now.plus(SIGNED_OUT));
      case AccountException.Refused refused
          when refused.isStaleChannel() && !error.equals(backfill.error()) ->
          renew(backfill, error);
      case AccountException.NoSuchName _, AccountException.Refused _ ->
          backfills.fail(backfill.id(), error);
    }
  }
}
