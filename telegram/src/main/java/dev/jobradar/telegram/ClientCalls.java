package dev.jobradar.telegram;

import dev.jobradar.mtproto.CallFailedException;
import dev.jobradar.mtproto.ConnectionClosedException;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.client.CallOptions;
import dev.jobradar.telegram.ClientLife.Line;
import dev.jobradar.tl.TlMethod;
import java.time.Duration;

/** Calls of a client, which follow it from one connection to the next. Thread-safe. */
final class ClientCalls {
  /** How often a call is forwarded to another data centre at most. */
  private static final int MAX_MIGRATIONS = 3;

  private final ClientLife life;

  ClientCalls(ClientLife life) {
    this.life = life;
  }

  <R> R call(TlMethod<R> method, CallOptions how) throws InterruptedException {
    long deadline = System.nanoTime() + how.timeout().toNanos();
    for (int migrations = 0; ; migrations++) {
      Line line = life.awaitLine(deadline);
      boolean last = migrations == MAX_MIGRATIONS;
      try {
        return line.connection().invoke(method, how.within(left(deadline)));
      } catch (RpcException.Migrate elsewhere) {
        if (last || !ClientState.concernsAccount(elsewhere)) {
          throw elsewhere;
        }
        life.happened(new ClientEvent.SentAway(line.number(), elsewhere));
      } catch (RpcException refused) {
        boolean unknown = EndedSignIn.meansEnd(refused);
        // A data centre that the account has left does not know its key any more.
        if (unknown && !last && life.hasLeft(line)) {
          continue;
        }
        if (unknown) {
          life.happened(new ClientEvent.Refused(line.number(), refused));
        }
        throw refused;
      } catch (ConnectionClosedException | CallFailedException e) {
        if (e.getCause() instanceof RpcException.Migrate elsewhere
            && ClientState.concernsAccount(elsewhere)) {
          life.happened(new ClientEvent.SentAway(line.number(), elsewhere));
        }
        if (last || !life.hasLeft(line) || !canRepeat(e, how)) {
          throw asEnded(e);
        }
      }
    }
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
  }

  /** Whether a call that failed with its connection may be made again over the next one. */
  private static boolean canRepeat(MtprotoException e, CallOptions how) {
    return e instanceof ConnectionClosedException
        || (e instanceof CallFailedException failed
            && failed.reason() == CallFailedException.Reason.CLOSED
            && switch (failed.progress()) {
              case NEVER_SENT -> true;
              case SENT -> how.repeatable();
              case ACKNOWLEDGED -> false;
            });
  }

  /**
   * What a caller gets for a connection that can never work again: why. Where another call was told
   * so, the connection was closed by us, and this call's failure does not say it.
   */
  private MtprotoException asEnded(MtprotoException e) {
    MtprotoException why = life.ended();
    if (why == null) {
      return e;
    }
    return switch (e) {
      case ConnectionClosedException _ -> new ConnectionClosedException("the sign-in is over", why);
      case CallFailedException failed
          when failed.reason() == CallFailedException.Reason.CLOSED && failed.getCause() == null ->
          failed.because(why);
      default -> e;
    };
  }
}
