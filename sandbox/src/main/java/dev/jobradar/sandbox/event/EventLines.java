package dev.jobradar.sandbox.event;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes events as JSON lines, on a thread of its own.
 *
 * <p>Thread-safe. A producer of events never waits for the reader of the lines: while {@code rpc}
 * events wait beyond a bound they are dropped, the others only beyond a far higher one; a {@code
 * dropped} line then says how many, as soon as there is room again. A stream that fails ends the
 * writing, not the server.
 */
public final class EventLines implements EventListener, AutoCloseable {

  /** How many {@code rpc} events may wait. */
  static final int MAX_WAITING_RPC = 8_192;

  /** How many events of any kind may wait; only a watcher that has stopped reading gets here. */
  static final int MAX_WAITING = 262_144;

  private static final Duration CLOSING = Duration.ofSeconds(2);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Event> waiting = new ArrayDeque<>();
  private final OutputStream out;
  private final Thread writer;
  private final int maxWaitingRpc;
  private final int maxWaiting;
  private int waitingRpc;
  private long droppedRpc;
  private long droppedOther;
  private boolean begun;
  private boolean closed;
  private boolean ending;
  private volatile @Nullable IOException failure;

  /**
   * Will write to a stream, which stays open when this is closed; nothing before {@link #begin}.
   */
  public EventLines(OutputStream out) {
    this(out, MAX_WAITING_RPC, MAX_WAITING);
  }

  EventLines(OutputStream out, int maxWaitingRpc, int maxWaiting) {
    this.out = new BufferedOutputStream(out, 1 << 16);
    this.maxWaitingRpc = maxWaitingRpc;
    this.maxWaiting = maxWaiting;
    // A platform thread: writing to a pipe that is not read would pin a virtual one's carrier.
    this.writer = Thread.ofPlatform().name("sandbox-events").daemon().start(this::write);
  }

  /** Begins to write, with this event before all that have come already. */
  public void begin(Event first) {
    lock.lock();
    try {
      waiting.addFirst(first);
      begun = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void on(Event event) {
    boolean rpc = event instanceof Event.Rpc;
    lock.lock();
    try {
      if (closed || failure != null) {
        return;
      }
      if (rpc && waitingRpc >= maxWaitingRpc) {
        droppedRpc++;
      } else if (waiting.size() >= maxWaiting) {
        droppedOther++;
      } else {
        waiting.add(event);
        waitingRpc += rpc ? 1 : 0;
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void write() {
    try {
      for (Event event = next(); event != null; event = next()) {
        out.write(EventJson.line(event).getBytes(StandardCharsets.UTF_8));
        out.write('\n');
        if (nothingWaits()) {
          out.flush();
        }
      }
      out.flush();
    } catch (IOException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The next event to write; null when there are no more. */
  private @Nullable Event next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        Event event = begun ? waiting.poll() : null;
        if (event != null) {
          waitingRpc -= event instanceof Event.Rpc ? 1 : 0;
          return event;
        }
        if (begun && droppedRpc + droppedOther > 0) {
          Event.Dropped dropped = new Event.Dropped(droppedRpc, droppedOther);
          droppedRpc = 0;
          droppedOther = 0;
          return dropped;
        }
        if (closed) {
          return null;
        }
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean nothingWaits() {
    lock.lock();
    try {
      return waiting.isEmpty() && droppedRpc + droppedOther == 0;
    } finally {
      lock.unlock();
    }
  }

  /**
   * From now on a stream that fails is no failure: who ends a program has often stopped reading.
   */
  public void ending() {
    lock.lock();
    try {
      ending = failure == null;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes what waits, for at most two seconds, and ends.
   *
   * @throws UncheckedIOException when the stream failed before {@link #ending}
   */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    try {
      if (!writer.join(CLOSING)) {
        writer.interrupt();
      }
    } catch (InterruptedException e) {
      writer.interrupt();
      Thread.currentThread().interrupt();
    }
    IOException cause = failure;
    if (cause != null && !ending) {
      throw new UncheckedIOException("the event lines could not be written", cause);
    }
  }
}
