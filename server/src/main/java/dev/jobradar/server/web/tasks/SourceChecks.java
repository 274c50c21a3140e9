package dev.jobradar.server.web.tasks;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.AccountException;
import dev.jobradar.server.channels.ChannelDirectory;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.pacing.TimeLimit;
import dev.jobradar.server.tasks.SourceFault;
import dev.jobradar.server.tasks.SourceStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/**
 * Finds out about sources as they are entered: from memory, else from Telegram. Thread-safe; a
 * person waits {@value #PATIENCE_SECONDS} seconds at most, and what could not be found out by then
 * is not checked yet.
 */
@Service
class SourceChecks {
  private static final int PATIENCE_SECONDS = 15;

  /** As for every source that goes wrong for the first time. */
  private static final Duration FIRST_RETRY = Duration.ofSeconds(60);

  private final ChannelDirectory channels;
  private final InstantSource clock;
  private final Duration patience;

  @Autowired
  SourceChecks(ChannelDirectory channels, InstantSource clock) {
    this(channels, clock, Duration.ofSeconds(PATIENCE_SECONDS));
  }

  SourceChecks(ChannelDirectory channels, InstantSource clock, Duration patience) {
    this.channels = channels;
    this.clock = clock;
    this.patience = patience;
  }

  /** What each of these names means to the user's account, in the order given. */
  Map<ChannelName, Finding> check(UserId user, List<ChannelName> names)
      throws InterruptedException {
    Round round = new Round(user, names);
    // One question may take Telegram longer than a person waits.
    TimeLimit.run(patience, round::run);
    return round.findings();
  }

  private final class Round {
    private final UserId user;
    private final List<ChannelName> names;
    // Guarded by itself.
    private final Map<ChannelName, Finding> findings = new LinkedHashMap<>();

    Round(UserId user, List<ChannelName> names) {
      this.user = user;
      this.names = names;
      names.forEach(
          name -> findings.put(name, new Finding.NotChecked(SourceErrors.UNREACHABLE, null)));
    }

    Map<ChannelName, Finding> findings() {
      synchronized (findings) {
        return new LinkedHashMap<>(findings);
      }
    }

    void run() throws InterruptedException {
      Finding.NotChecked held = null;
      for (ChannelName name : names) {
        Finding finding = held == null ? ask(name) : fromMemory(name, held);
        if (finding instanceof Finding.NotChecked notChecked) {
          held = notChecked;
        }
        synchronized (findings) {
          findings.put(name, finding);
        }
      }
    }

    private Finding fromMemory(ChannelName name, Finding otherwise) {
      return channels.known(user, name).<Finding>map(Finding.Found::new).orElse(otherwise);
    }

    private Finding ask(ChannelName name) throws InterruptedException {
      try {
        return new Finding.Found(channels.find(user, name));
      } catch (AccountException e) {
        return failure(e);
      }
    }
  }

  /** What a failure says about the source that was asked for. */
  Finding failure(AccountException failure) {
    String error = SourceErrors.of(failure);
    return switch (failure) {
      case AccountException.NoSuchName _ ->
          new Finding.Faulty(new SourceFault(SourceStatus.INVALID, error, null));
      case AccountException.Refused _ ->
          new Finding.Faulty(
              new SourceFault(SourceStatus.ERROR, error, clock.instant().plus(FIRST_RETRY)));
      case AccountException.FloodWait flood -> new Finding.NotChecked(error, flood.delay());
      case AccountException.SlowMode slow -> new Finding.NotChecked(error, slow.delay());
      case AccountException.Unreachable _,
          AccountException.NotSignedIn _,
          AccountException.SessionEnded _ ->
          new Finding.NotChecked(error, null);
    };
  }
}
