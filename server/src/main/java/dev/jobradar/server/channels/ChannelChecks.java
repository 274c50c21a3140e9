package dev.jobradar.server.channels;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.AccountException;
import dev.jobradar.server.account.FailureCode;
import dev.jobradar.server.pacing.TimeLimit;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/**
 * Finds out about names as they are entered: from memory, else from Telegram. Thread-safe; a person
 * waits {@value #PATIENCE_SECONDS} seconds at most, and what could not be found out by then is not
 * checked yet.
 */
@Service
public class ChannelChecks {
  private static final int PATIENCE_SECONDS = 15;

  private final ChannelDirectory channels;
  private final InstantSource clock;
  private final Duration patience;

  @Autowired
  ChannelChecks(ChannelDirectory channels, InstantSource clock) {
    this(channels, clock, Duration.ofSeconds(PATIENCE_SECONDS));
  }

  public ChannelChecks(ChannelDirectory channels, InstantSource clock, Duration patience) {
    this.channels = channels;
    this.clock = clock;
    this.patience = patience;
  }

  /** What each of these names means to the user's account, in the order given. */
  public Map<ChannelName, ChannelCheck> check(UserId user, List<ChannelName> names)
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
    private final Map<ChannelName, ChannelCheck> findings = new LinkedHashMap<>();

    Round(UserId user, List<ChannelName> names) {
      this.user = user;
      this.names = names;
      names.forEach(
          name -> findings.put(name, new ChannelCheck.NotChecked(FailureCode.UNREACHABLE, null)));
    }

    Map<ChannelName, ChannelCheck> findings() {
      synchronized (findings) {
        return new LinkedHashMap<>(findings);
      }
    }

    void run() throws InterruptedException {
      ChannelCheck.NotChecked held = null;
      for (ChannelName name : names) {
        ChannelCheck finding = held == null ? ask(name) : fromMemory(name, held);
        if (finding instanceof ChannelCheck.NotChecked notChecked) {
          held = notChecked;
        }
        synchronized (findings) {
          findings.put(name, finding);
        }
      }
    }

    private ChannelCheck fromMemory(ChannelName name, ChannelCheck otherwise) {
      return channels
          .known(user, name)
          .<ChannelCheck>map(ChannelCheck.Found::new)
          .orElse(otherwise);
    }

    private ChannelCheck ask(ChannelName name) throws InterruptedException {
      try {
        return new ChannelCheck.Found(channels.find(user, name));
      } catch (AccountException e) {
        return ChannelCheck.of(e, clock.instant());
      }
    }
  }
}
