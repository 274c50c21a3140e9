package dev.jobradar.telegram;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.session.Slice;
import dev.jobradar.telegram.updates.ChannelPosition;
import dev.jobradar.telegram.updates.CommonPosition;
import dev.jobradar.telegram.updates.Effect;
import dev.jobradar.telegram.updates.UpdateBootstrap;
import dev.jobradar.telegram.updates.UpdateMode;
import dev.jobradar.tl.TlException;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.api.TypeUpdates;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop around an {@link UpdateBootstrap}, from one start to its stop.
 *
 * <p><b>Threads.</b> The driver is a virtual thread that exists while there is input or something
 * to do about it; only it takes inputs in and calls the listener. Each call to Telegram has a
 * virtual thread of its own. While nothing happens there is one alarm.
 *
 * <p><b>Locks.</b> {@code this} guards the inputs, the threads and the alarm; {@code flow} guards
 * itself and is taken last. Under either there is no I/O and no listener is called.
 */
final class UpdateLoop {
  private static final Logger log = LoggerFactory.getLogger(UpdateLoop.class);

  /** Updates that wait for their turn; when more come, all are dropped for a gap. */
  private static final int MOST_WAITING = 256;

  private static final int MOST_BYTES = 1 << 20;

  /** Something that came. */
  private sealed interface Input {
    /** Does it, with the lock of the flow held. */
    void into(UpdateBootstrap flow, long now);
  }

  /** Updates, which a gap can stand for. */
  private sealed interface News extends Input {
    int size();
  }

  private record Pushed(Slice updates) implements News {
    @Override
    public int size() {
      return updates.size();
    }

    @Override
    public void into(UpdateBootstrap flow, long now) {
      TypeUpdates read;
      try {
        read = TypeUpdates.readFrom(updates.reader());
      } catch (TlException unreadable) {
        log.debug("updates that cannot be read: {}", unreadable.getMessage());
        flow.gap(now);
        return;
      }
      flow.received(read, now);
    }
  }

  private record Result(TlMethod<?> method, Object answer) implements News {
    @Override
    public int size() {
      return 0;
    }

    @Override
    public void into(UpdateBootstrap flow, long now) {
      flow.result(method, answer, now);
    }
  }

  private record Gap() implements Input {
    @Override
    public void into(UpdateBootstrap flow, long now) {
      flow.gap(now);
    }
  }

  private record LineChange(boolean up) implements Input {
    @Override
    public void into(UpdateBootstrap flow, long now) {
      if (up) {
        flow.connected(now);
      } else {
        flow.disconnected();
      }
    }
  }

  private record Tick() implements Input {
    @Override
    public void into(UpdateBootstrap flow, long now) {
      flow.tick(now);
    }
  }

  private record Begin(Watch watch) implements Input {
    @Override
    public void into(UpdateBootstrap flow, long now) {
      ChannelPeer peer = watch.peer();
      flow.watch(peer.id(), peer.accessHash(), watch.from(), false, now);
    }
  }

  private record End(long channelId) implements Input {
    @Override
    public void into(UpdateBootstrap flow, long now) {
      flow.unwatch(channelId, now);
    }
  }

  private record Answer(Effect.Call call, Object answer) implements Input {
    @Override
    public void into(UpdateBootstrap flow, long now) {
      flow.answered(call, answer, now);
    }
  }

  private record Failure(Effect.Call call, MtprotoException why) implements Input {
    @Override
    public void into(UpdateBootstrap flow, long now) {
      flow.failed(call, why, now);
    }
  }

  /** There is no going on. */
  private record Over(RuntimeException why) implements Input {
    @Override
    public void into(UpdateBootstrap flow, long now) {
      throw why;
    }
  }

  private final TelegramClient client;
  private final AccountUpdates owner;
  private final EffectDispatcher teller;
  private final UpdateBootstrap flow;

  /** The driver of the run before, whose listener's last call must have ended; null for none. */
  private @Nullable Thread before;

  /** Null for none. */
  private @Nullable ArrayDeque<Input> waiting;

  private int newsWaiting;
  private int bytesWaiting;
  private @Nullable Thread driver;
  private final List<Thread> callers = new ArrayList<>(0);
  private @Nullable Future<?> alarm;
  private long alarmAt;
  private volatile boolean stopped;

  UpdateLoop(
      TelegramClient client,
      AccountUpdates owner,
      @Nullable CommonPosition from,
      List<Watch> watches,
      UpdatesListener listener,
      @Nullable Thread before) {
    this.client = client;
    this.owner = owner;
    this.flow = new UpdateBootstrap(client.selfId(), from);
    this.teller = new EffectDispatcher(listener, flow, client.channels());
    this.before = before;
    long now = Alarms.now();
    for (Watch watch : watches) {
      ChannelPeer peer = watch.peer();
      flow.watch(peer.id(), peer.accessHash(), watch.from(), watch.inStep(), now);
    }
  }

  // --- inputs ------------------------------------------------------------------------------

  void connected() {
    line(new LineChange(true));
  }

  void disconnected() {
    line(new LineChange(false));
  }

  /** Only how things are now matters. */
  private synchronized void line(LineChange now) {
    if (waiting != null) {
      waiting.removeIf(LineChange.class::isInstance);
    }
    add(now);
  }

  synchronized void gap() {
    if (waiting != null) {
      waiting.removeIf(Gap.class::isInstance);
    }
    add(new Gap());
  }

  void pushed(Slice updates) {
    news(new Pushed(updates));
  }

  void result(TlMethod<?> method, Object answer) {
    news(new Result(method, answer));
  }

  private synchronized void news(News more) {
    if (newsWaiting >= MOST_WAITING || bytesWaiting + more.size() > MOST_BYTES) {
      log.debug("more updates came than are kept; what was lost will be asked for");
      if (waiting != null) {
        waiting.removeIf(News.class::isInstance);
      }
      newsWaiting = 0;
      bytesWaiting = 0;
      gap();
      return;
    }
    newsWaiting++;
    bytesWaiting += more.size();
    add(more);
  }

  void watch(Watch watch) {
    add(new Begin(watch));
  }

  void unwatch(long channelId) {
    add(new End(channelId));
  }

  /** What waits is of no more use. */
  synchronized void over(RuntimeException why) {
    if (waiting != null) {
      waiting.clear();
    }
    add(new Over(why));
  }

  private synchronized void add(Input input) {
    if (stopped) {
      return;
    }
    if (waiting == null) {
      waiting = new ArrayDeque<>(1);
    }
    waiting.add(input);
    if (driver == null) {
      driver = Thread.ofVirtual().name("telegram-updates").start(this::drive);
    }
  }

  Optional<UpdateMode> updateMode(long channelId) {
    synchronized (flow) {
      return flow.updateMode(channelId);
    }
  }

  Optional<ChannelPosition> position(long channelId) {
    synchronized (flow) {
      return flow.position(channelId);
    }
  }

  // --- the driver --------------------------------------------------------------------------

  private void drive() {
    try {
      awaitBefore();
      for (Input next = next(); next != null; next = next()) {
        List<Effect> effects;
        synchronized (flow) {
          next.into(flow, Alarms.now());
          effects = flow.takeEffects();
        }
        teller.tell(effects, this::call, () -> stopped);
      }
    } catch (InterruptedException | RuntimeException | Error e) {
      fail(e);
    }
  }

  private void awaitBefore() throws InterruptedException {
    Thread last;
    synchronized (this) {
      last = before;
    }
    if (last == null) {
      return;
    }
    last.join();
    synchronized (this) {
      before = null;
    }
    if (Thread.interrupted()) {
      throw new InterruptedException("stopped before it began");
    }
  }

  /** The next input; null when there is none, and then this is no longer the driver. */
  private synchronized @Nullable Input next() {
    Input next = waiting == null ? null : waiting.poll();
    if (next instanceof News news) {
      newsWaiting--;
      bytesWaiting -= news.size();
    }
    if (next == null) {
      waiting = null;
      driver = null;
      if (!stopped) {
        arm();
      }
    }
    return next;
  }

  /** An alarm that rings too early does no harm, so it is moved only to an earlier time. */
  private void arm() {
    long due;
    synchronized (flow) {
      due = flow.nextWakeUp();
    }
    // What is overdue is due now: of alarms the earlier one is kept.
    due = Math.max(due, Alarms.now());
    if (alarm != null && alarmAt <= due) {
      return;
    }
    if (alarm != null) {
      alarm.cancel(false);
      alarm = null;
    }
    if (due != Long.MAX_VALUE) {
      alarmAt = due;
      alarm = Alarms.set(due, this::ring);
    }
  }

  private synchronized void ring() {
    alarm = null;
    add(new Tick());
  }

  // --- calls -------------------------------------------------------------------------------

  private synchronized void call(Effect.Call call) {
    if (stopped) {
      return;
    }
    Thread caller = Thread.ofVirtual().name("telegram-updates-call").unstarted(() -> make(call));
    caller.start();
    callers.add(caller);
  }

  private void make(Effect.Call call) {
    try {
      Input outcome;
      try {
        outcome = new Answer(call, client.readWithoutUpdates(call.method()));
      } catch (InterruptedException stopping) {
        // Only stop() interrupts it: nobody waits for the answer.
        return;
      } catch (MtprotoException e) {
        outcome = new Failure(call, e);
      } catch (RuntimeException e) {
        outcome = new Over(e);
      } catch (Error e) {
        // Whatever it is: without an outcome its box would wait for ever.
        outcome = new Over(new IllegalStateException("a call failed in an unexpected way", e));
      }
      add(outcome);
    } finally {
      synchronized (this) {
        callers.remove(Thread.currentThread());
      }
    }
  }

  // --- the end -----------------------------------------------------------------------------

  /** On the driver's thread: it tells of its end and is no more. */
  private void fail(Throwable cause) {
    boolean known = stopped;
    Thread me = Thread.currentThread();
    stop();
    owner.ended(this, me);
    if (!known) {
      log.debug("updates stop", cause);
      teller.failed(cause);
    }
    synchronized (this) {
      driver = null;
    }
  }

  /** No call of the listener begins once the {@link #driver} has noticed. */
  void stop() {
    List<Thread> calling;
    synchronized (this) {
      stopped = true;
      waiting = null;
      if (before != null && driver != null) {
        // It may be waiting for the very thread that stops it; no listener is called yet.
        driver.interrupt();
      }
      if (alarm != null) {
        alarm.cancel(false);
        alarm = null;
      }
      calling = List.copyOf(callers);
    }
    calling.forEach(Thread::interrupt);
  }

  /** The thread that calls the listener, null when there is none now. */
  synchronized @Nullable Thread driver() {
    return driver;
  }
}
