package dev.jobradar.mtproto.client;

import dev.jobradar.mtproto.CallFailedException;
import dev.jobradar.mtproto.CallFailedException.Progress;
import dev.jobradar.mtproto.CallFailedException.Reason;
import dev.jobradar.mtproto.ConnectionClosedException;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.client.ConnectionOptions.KnownKey;
import dev.jobradar.mtproto.session.ClientSession;
import dev.jobradar.mtproto.session.EncryptedMessage;
import dev.jobradar.mtproto.session.MessageContainer;
import dev.jobradar.mtproto.session.Slice;
import dev.jobradar.tl.GzipPacked;
import dev.jobradar.tl.TlException;
import dev.jobradar.tl.TlLimits;
import dev.jobradar.tl.TlMethod;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One encrypted connection to a data centre: opened, kept alive, repaired, closed.
 *
 * <p><b>At most one TCP connection.</b> Everything that opens or closes a socket happens on the
 * connection's own thread, {@link ConnectionLoop}, one after the other: a lost connection is
 * half-closed, read to its end for at most a second, else reset, and only then is the next one
 * dialled.
 *
 * <p><b>Threads.</b> The own thread is virtual; it dials, makes the key and reads. Callers never
 * touch the socket, because an interrupt there would close it for all of them: they leave their
 * calls with the {@link ClientSession} and wait for an answer. A virtual thread that writes ({@link
 * Link}) exists only while there is something to send.
 *
 * <p>Thread-safe.
 */
public final class MtprotoConnection implements AutoCloseable {
  private final ConnectionOptions options;
  private final ConnectionLoop loop;
  private final Semaphore callsAllowed;

  /**
   * A connection that does nothing until {@link #open}.
   *
   * @param listener receives its events
   */
  public MtprotoConnection(ConnectionOptions options, ConnectionListener listener) {
    this(options, listener, new ListenerQueue());
  }

  /**
   * A connection that does nothing until {@link #open}.
   *
   * @param listener receives its events
   * @param queue delivers them, after what others have put there before
   */
  public MtprotoConnection(
      ConnectionOptions options, ConnectionListener listener, ListenerQueue queue) {
    this.options = options;
    this.loop = new ConnectionLoop(options, listener, queue);
    this.callsAllowed = new Semaphore(options.maxCalls());
  }

  /** Begins to connect, and returns at once. The second time it does nothing. */
  public void open() {
    loop.start();
  }

  /** Its state. */
  public ConnectionState state() {
    return loop.state();
  }

  /** Its options. */
  public ConnectionOptions options() {
    return options;
  }

  /**
   * What must be stored so that another connection can continue with this key; null while there is
   * none.
   */
  public @Nullable KnownKey knownKey() {
    return loop.knownKey();
  }

  /** The server's time as far as it is known, in milliseconds since 1970. */
  public long serverTime() {
    return loop.serverTime();
  }

  /**
   * Calls a method and waits for its answer. Calls made before the connection is ready wait for it.
   *
   * @return the answer
   * @throws InterruptedException when the caller is interrupted: only its own wait ends
   * @throws RpcException when Telegram answers with an error
   * @throws CallFailedException when there is no answer; it says how far the call got
   * @throws ConnectionClosedException when the connection is closed already
   * @throws ProtocolException when the answer cannot be read
   */
  public <R> R invoke(TlMethod<R> method, CallOptions how) throws InterruptedException {
    String name = MethodNames.nameOf(method);
    PendingCall call = new PendingCall(name, method.toByteArray(), how.repeatable());
    long deadline = System.nanoTime() + how.timeout().toNanos();
    if (EncryptedMessage.sealedSize(MessageContainer.sizeOfOne(call.size()))
        > options.maxPacket()) {
      throw new CallFailedException(name, Reason.TOO_LARGE, Progress.NEVER_SENT, null);
    }
    if (!callsAllowed.tryAcquire(how.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
      throw new CallFailedException(
          name, Reason.TOO_MANY_CALLS, Progress.NEVER_SENT, loop.trouble());
    }
    try {
      loop.submit(call);
      return decode(method, name, await(call, deadline));
    } finally {
      callsAllowed.release();
    }
  }

  private Slice await(PendingCall call, long deadline) throws InterruptedException {
    try {
      return call.answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      Progress progress = loop.drop(call);
      if (call.answer.isDone()) {
        return answerOf(call);
      }
      throw new CallFailedException(call.method(), Reason.TIMED_OUT, progress, loop.trouble());
    } catch (InterruptedException e) {
      loop.drop(call);
      throw e;
    } catch (ExecutionException e) {
      throw asThrown(e);
    }
  }

  private static Slice answerOf(PendingCall call) throws InterruptedException {
    try {
      return call.answer.get();
    } catch (ExecutionException e) {
      throw asThrown(e);
    }
  }

  private static MtprotoException asThrown(ExecutionException e) {
    if (e.getCause() instanceof MtprotoException failure) {
      // It was made for this call alone, by the thread that reads: show the caller's own trace.
      failure.fillInStackTrace();
      return failure;
    }
    throw new IllegalStateException("a call failed in an unexpected way", e.getCause());
  }

  private static <R> R decode(TlMethod<R> method, String name, Slice answer) {
    try {
      Slice plain = answer;
      if (answer.size() >= 4 && answer.constructorId() == GzipPacked.ID) {
        plain = Slice.of(GzipPacked.unpack(answer.from(4).reader().readBytes(), TlLimits.DEFAULT));
      }
      return method.readResult(plain.reader());
    } catch (TlException e) {
      throw new ProtocolException("the answer to " + name + " cannot be read", e);
    }
  }

  /** As {@link #close(Duration)} without waiting for calls in flight. */
  @Override
  public void close() {
    close(Duration.ZERO);
  }

  /**
   * Closes permanently: takes no more calls, waits for those in flight, fails the rest with {@link
   * Reason#CLOSED}, ends the TCP connection and returns when it is closed. An interrupt cuts the
   * wait short, not the closing.
   *
   * @param drain the longest to wait for calls in flight
   */
  public void close(Duration drain) {
    loop.close(drain);
  }

  /**
   * Waits until a connection that is being closed is closed: its socket, if it had one, and its
   * threads are gone.
   *
   * @param limit the longest to wait; not positive to look only
   * @return whether it is closed, or was never opened
   */
  public boolean awaitClosed(Duration limit) throws InterruptedException {
    return loop.awaitClosed(limit);
  }
}
