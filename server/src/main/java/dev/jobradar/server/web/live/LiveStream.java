package dev.jobradar.server.web.live;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The stream of one open page. Senders never wait: events go into a bounded queue that the stream's
 * own thread empties, and a reader that does not keep up is dropped. Thread-safe.
 */
final class LiveStream {
  /** How many events may wait. */
  static final int CAPACITY = 256;

  /** Where events are written; each call may block. */
  interface Output {
    /** Writes an event. */
    void send(LiveEvent event) throws IOException;

    /** Writes something that is no event, so that a connection without events is no dead one. */
    void keepAlive() throws IOException;

    /** Ends the stream. */
    void end();
  }

  private final BlockingQueue<LiveEvent> events = new ArrayBlockingQueue<>(CAPACITY);
  private final Output output;
  private final Duration keepAlive;
  private final Duration lifetime;
  private final Thread writer;
  private volatile boolean closed;

  /**
   * @param keepAlive how long without an event until a comment is written to keep the stream open
   * @param lifetime after this time the page has to reconnect
   * @param onEnd is called once, after the last write
   */
  LiveStream(Output output, Duration keepAlive, Duration lifetime, Runnable onEnd) {
    this.output = output;
    this.keepAlive = keepAlive;
    this.lifetime = lifetime;
    this.writer =
        Thread.ofVirtual()
            .name("live-stream")
            .unstarted(() -> {
              try {
                write();
              } finally {
                closed = true;
                onEnd.run();
              }
            });
  }

  void start() {
    writer.start();
  }

  /** Tells the page, without waiting; says whether there was room. */
  boolean offer(LiveEvent event) {
    return !closed && events.offer(event);
  }

  /** Ends it, also while something is being written. */
  void close() {
    closed = true;
    writer.interrupt();
  }

  /** Waits for the end. */
  void join(Duration patience) throws InterruptedException {
    writer.join(patience);
  }

  private void write() {
    long begun = System.nanoTime();
    try {
      while (!closed && System.nanoTime() - begun < lifetime.toNanos()) {
        LiveEvent event = events.poll(keepAlive.toNanos(), TimeUnit.NANOSECONDS);
        if (event == null) {
          output.keepAlive();
        } else {
          output.send(event);
        }
      }
    } catch (InterruptedException closing) {
      // The end is written without the flag, which would break the connection.
      closed = true;
    } catch (IOException | IllegalStateException gone) {
      closed = true;
    }
    output.end();
  }
}
