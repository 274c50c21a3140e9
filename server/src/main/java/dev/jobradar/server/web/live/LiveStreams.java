package dev.jobradar.server.web.live;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.pacing.SchedulerLifecycle;
import dev.jobradar.server.web.ProblemException;
import dev.jobradar.server.web.live.LiveStream.Output;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;

/** All pages that listen. Thread-safe. */
@Service
class LiveStreams implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(LiveStreams.class);

  /** The first event of a stream. */
  static final String READY = "ready";

  /** How many pages of one person may listen. */
  static final int MAX_PER_USER = 8;

  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

  /** A page has to authenticate again after this time. */
  private static final Duration LIFETIME = Duration.ofMinutes(30);

  private static final Duration SHUTDOWN = Duration.ofSeconds(2);

  // Guarded by itself.
  private final Map<UserId, Set<LiveStream>> streams = new HashMap<>();
  private volatile boolean running;

  LiveStreams(MeterRegistry meters) {
    Gauge.builder("jobradar.live.streams", this, LiveStreams::size)
        .description("Open streams of live events")
        .register(meters);
  }

  /**
   * Opens a stream; its first event is {@code ready}.
   *
   * @return the stream, to be started
   * @throws ProblemException 429 when too many of that person listen, 503 while the service ends
   */
  LiveStream open(UserId user, Output output) {
    synchronized (streams) {
      if (!running) {
        throw new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "unavailable");
      }
      Set<LiveStream> ofUser = streams.computeIfAbsent(user, id -> new HashSet<>());
      if (ofUser.size() >= MAX_PER_USER) {
        throw new ProblemException(HttpStatus.TOO_MANY_REQUESTS, "live_too_many", MAX_PER_USER)
            .retryAfter(KEEP_ALIVE);
      }
      LiveStream[] self = new LiveStream[1];
      LiveStream stream = new LiveStream(output, KEEP_ALIVE, LIFETIME, () -> forget(user, self[0]));
      self[0] = stream;
      ofUser.add(stream);
      stream.offer(new LiveEvent(READY, Map.of()));
      return stream;
    }
  }

  private void forget(UserId user, LiveStream stream) {
    synchronized (streams) {
      Set<LiveStream> ofUser = streams.get(user);
      if (ofUser != null && ofUser.remove(stream) && ofUser.isEmpty()) {
        streams.remove(user);
      }
    }
  }

  /** Tells all of a person's pages; waits for none of them. */
  void tell(UserId user, LiveEvent event) {
    for (LiveStream stream : of(user)) {
      if (!stream.offer(event)) {
        log.debug("a page of {} does not keep up and is dropped", user);
        drop(user, stream);
      }
    }
  }

  /** The page reconnects and reads what it missed. */
  private void drop(UserId user, LiveStream stream) {
    forget(user, stream);
    stream.close();
  }

  /** Ends all streams of a person; pages that are still allowed to reconnect. */
  void close(UserId user) {
    of(user).forEach(stream -> drop(user, stream));
  }

  private List<LiveStream> of(UserId user) {
    synchronized (streams) {
      return List.copyOf(streams.getOrDefault(user, Set.of()));
    }
  }

  int size() {
    synchronized (streams) {
      return streams.values().stream().mapToInt(Set::size).sum();
    }
  }

  // --- life ----------------------------------------------------------------------------------

  @Override
  public void start() {
    synchronized (streams) {
      running = true;
    }
  }

  /**
   * Before the web server stops (this is the last phase to start and the first to stop): it waits
   * for requests under way, and these would never end.
   */
  @Override
  public void stop() {
    List<LiveStream> all = new ArrayList<>();
    synchronized (streams) {
      running = false;
      streams.values().forEach(all::addAll);
    }
    all.forEach(LiveStream::close);
    long end = System.nanoTime() + SHUTDOWN.toNanos();
    try {
      for (LiveStream stream : all) {
        stream.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void stop(Runnable stopped) {
    SchedulerLifecycle.stopAsync("live", this::stop, stopped);
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
