package dev.jobradar.server.history;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.AccountException;
import dev.jobradar.server.account.Accounts;
import dev.jobradar.server.account.ChannelRef;
import dev.jobradar.server.account.FloodWaits;
import dev.jobradar.server.account.PageQuery;
import dev.jobradar.server.account.PostPage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * Reads histories of channels. An account that Telegram told to wait is not used until the wait is
 * over, over restarts too. Thread-safe.
 */
@Service
public class Histories {
  private static final String METHOD = "messages.getHistory";

  private final Accounts accounts;
  private final FloodWaits floodWaits;
  private final InstantSource clock;

  public Histories(Accounts accounts, FloodWaits floodWaits, InstantSource clock) {
    this.accounts = accounts;
    this.floodWaits = floodWaits;
    this.clock = clock;
  }

  /**
   * Reads a page, newest first.
   *
   * @throws AccountException.FloodWait also without asking Telegram, while a wait lasts
   * @throws AccountException when it cannot be read
   */
  public PostPage page(UserId user, ChannelRef channel, PageQuery query)
      throws InterruptedException {
    Optional<Instant> until = floodWaits.until(user, METHOD);
    if (until.isPresent()) {
      throw new AccountException.FloodWait(METHOD, left(until.get()), null);
    }
    try {
      return accounts.history(user, channel, query);
    } catch (AccountException.FloodWait flood) {
      floodWaits.put(user, METHOD, clock.instant().plus(flood.delay()));
      throw flood;
    }
  }

  /** In whole seconds, rounded up. */
  private Duration left(Instant until) {
    long millis = Duration.between(clock.instant(), until).toMillis();
    return Duration.ofSeconds(Math.max(1, Math.ceilDiv(millis, 1_000)));
  }
}
