package dev.jobradar.server.account;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.pacing.PerUserRateLimit;
import dev.jobradar.telegram.content.MessageContent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@link Accounts} that obey FLOOD_WAIT: a wait that Telegram asks for is stored, and until it is
 * over the same method fails for that user without asking Telegram, over restarts too. What users
 * can have asked as often as they like is also limited by ourselves; resolving names most of all,
 * since Telegram guards it most: others saw waits of 18 hours.
 */
final class PacedAccounts implements Accounts {
  private static final int RESOLVES_A_MINUTE = 30;

  /** Twice what backfills ask for, and previews besides. */
  private static final int PAGES_A_MINUTE = 300;

  private static final int PROFILES_A_MINUTE = 30;

  private final Accounts accounts;
  private final FloodWaits floodWaits;
  private final InstantSource clock;
  private final PerUserRateLimit resolveLimit;
  private final PerUserRateLimit pageLimit;
  private final PerUserRateLimit profileLimit;

  PacedAccounts(Accounts accounts, FloodWaits floodWaits, InstantSource clock) {
    this.accounts = accounts;
    this.floodWaits = floodWaits;
    this.clock = clock;
    this.resolveLimit = new PerUserRateLimit(RESOLVES_A_MINUTE, Duration.ofMinutes(1), clock);
    this.pageLimit = new PerUserRateLimit(PAGES_A_MINUTE, Duration.ofMinutes(1), clock);
    this.profileLimit = new PerUserRateLimit(PROFILES_A_MINUTE, Duration.ofMinutes(1), clock);
  }

  private interface Call<R> {
    R run() throws InterruptedException;
  }

  private <R> R paced(UserId user, String method, Call<R> call) throws InterruptedException {
    return paced(user, method, floodWaits.until(user, method), call);
  }

  private <R> R paced(UserId user, String method, Optional<Instant> wait, Call<R> call)
      throws InterruptedException {
    if (wait.isPresent()) {
      throw new AccountException.FloodWait(method, secondsUntil(wait.get()), null);
    }
    try {
      return call.run();
    } catch (AccountException.FloodWait flood) {
      floodWaits.put(user, method, flood.delay());
      throw flood;
    }
  }

  /** As {@link #paced}, and within a limit of our own. */
  private <R> R limited(UserId user, String method, PerUserRateLimit limit, Call<R> call)
      throws InterruptedException {
    Optional<Instant> wait = floodWaits.until(user, method).or(() -> limit.take(user));
    return paced(user, method, wait, call);
  }

  /** In whole seconds, rounded up. */
  private Duration secondsUntil(Instant time) {
    long millis = Duration.between(clock.instant(), time).toMillis();
    return Duration.ofSeconds(Math.max(1, Math.ceilDiv(millis, 1_000)));
  }

  @Override
  public Sent sendToSelf(UserId user, MessageContent content, long randomId)
      throws InterruptedException {
    return paced(user, FloodWaits.SENDING, () -> accounts.sendToSelf(user, content, randomId));
  }

  @Override
  public Sent sendToChannel(UserId user, ChannelRef channel, MessageContent content, long randomId)
      throws InterruptedException {
    return paced(
        user, FloodWaits.SENDING, () -> accounts.sendToChannel(user, channel, content, randomId));
  }

  @Override
  public SourceChannel resolve(UserId user, String name) throws InterruptedException {
    String method = "contacts.resolveUsername";
    return limited(user, method, resolveLimit, () -> accounts.resolve(user, name));
  }

  @Override
  public SourceChannel describe(UserId user, ChannelRef channel) throws InterruptedException {
    return paced(user, "channels.getFullChannel", () -> accounts.describe(user, channel));
  }

  @Override
  public PostPage history(UserId user, ChannelRef channel, PageQuery query)
      throws InterruptedException {
    return limited(
        user, "messages.getHistory", pageLimit, () -> accounts.history(user, channel, query));
  }

  @Override
  public Optional<ReceivedPost> wholePost(UserId user, ChannelRef channel, int id)
      throws InterruptedException {
    return paced(user, "messages.getRichMessage", () -> accounts.wholePost(user, channel, id));
  }

  @Override
  public Profile profile(UserId user) throws InterruptedException {
    return limited(user, "users.getUsers", profileLimit, () -> accounts.profile(user));
  }

  @Override
  public void watch(UserId user, WatchList channels) {
    accounts.watch(user, channels);
  }

  @Override
  public void connect(UserId user) {
    accounts.connect(user);
  }

  @Override
  public AccountState state(UserId user) {
    return accounts.state(user);
  }

  @Override
  public OptionalInt dataCentre(UserId user) {
    return accounts.dataCentre(user);
  }

  @Override
  public void close(UserId user) throws InterruptedException {
    accounts.close(user);
  }

  @Override
  public boolean logOut(UserId user) throws InterruptedException {
    return accounts.logOut(user);
  }
}
