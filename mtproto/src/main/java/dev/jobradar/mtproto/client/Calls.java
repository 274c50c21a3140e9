package dev.jobradar.mtproto.client;

import dev.jobradar.mtproto.CallFailedException.Progress;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.client.ConnectionOptions.KnownKey;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.mtproto.session.ClientSession;
import dev.jobradar.mtproto.session.KeepAlive;
import dev.jobradar.mtproto.session.Query;
import dev.jobradar.mtproto.session.ServerSalts;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a connection: before there is a key they wait here, afterwards they are the
 * session's. Guarded by the connection's lock.
 */
final class Calls {
  private final KeepAlive keepAlive;
  private final SecureRandom random;
  private @Nullable AuthKey authKey;
  private @Nullable ClientSession session;

  /** Calls from the time before there is a session. */
  private final List<PendingCall> early = new ArrayList<>(0);

  Calls(KeepAlive keepAlive, SecureRandom random) {
    this.keepAlive = keepAlive;
    this.random = random;
  }

  /** Begins a session with a key, and gives it the calls that waited for one. */
  void begin(KnownKey known) {
    ClientSession begun =
        new ClientSession(
            known.key(), new ServerSalts(known.salt()), known.timeOffset(), keepAlive, random);
    early.forEach(begun::submit);
    early.clear();
    authKey = known.key();
    session = begun;
  }

  boolean hasSession() {
    return session != null;
  }

  /**
   * The session.
   *
   * @throws IllegalStateException when there is none
   */
  ClientSession session() {
    if (session == null) {
      throw new IllegalStateException("no session yet");
    }
    return session;
  }

  void submit(PendingCall call) {
    if (session != null) {
      session.submit(call);
    } else {
      early.add(call);
    }
  }

  /** Forgets a call; returns how far it got. */
  Progress drop(PendingCall call) {
    Progress progress = call.progress();
    if (session != null) {
      session.drop(call);
    }
    early.remove(call);
    return progress;
  }

  int pending() {
    return session == null ? 0 : session.pending();
  }

  byte @Nullable [] nextPacket(long now) {
    return session == null ? null : session.flush(now);
  }

  /** The session's check; {@code QUIET} when there is none. */
  ClientSession.Health check(long now) {
    return session == null ? ClientSession.Health.QUIET : session.check(now);
  }

  /** Why calls wait although the connection is ready; null when they do not. */
  @Nullable MtprotoException trouble(long now) {
    String repeating = session == null ? null : session.repeating(now);
    return repeating == null
        ? null
        : new ProtocolException("the server makes us repeat messages: " + repeating);
  }

  @Nullable KnownKey knownKey(long now) {
    if (session == null || authKey == null) {
      return null;
    }
    Long offset = session.timeKnown() ? session.serverTime(now) - now : null;
    return new KnownKey(authKey, session.salt(now), offset);
  }

  long serverTime(long now) {
    return session == null ? now : session.serverTime(now);
  }

  /** Removes and returns all calls that are neither answered nor given up. */
  List<Query> abandonAll() {
    List<Query> left = new ArrayList<>(early);
    early.clear();
    if (session != null) {
      left.addAll(session.abandonAll());
    }
    return left;
  }
}
