package dev.jobradar.sandbox.net;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.TransportException;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.fault.FaultSite;
import dev.jobradar.sandbox.fault.StandingFault;
import dev.jobradar.sandbox.world.KeyId;
import org.jspecify.annotations.Nullable;

/** What is wrong with one connection on purpose. Thread-safe. */
final class LinkFault {
  private static final Fault.TransportError TOO_FAST =
      new Fault.TransportError(TransportException.FLOOD);

  private final NetworkContext hub;
  private final DcId dc;

  /** The key that the connection was last seen to use. */
  private volatile @Nullable KeyId key;

  private volatile boolean tooFast;

  /** Stays with the connection for as long as it stands. Guarded by this. */
  private @Nullable StandingFault struck;

  LinkFault(NetworkContext hub, DcId dc) {
    this.hub = hub;
    this.dc = dc;
  }

  void uses(KeyId acting) {
    key = acting;
  }

  /** It came too fast after others: it is served with −429. */
  void cameTooFast() {
    tooFast = true;
  }

  /** The fault; null for none. */
  Fault.@Nullable OfConnection now() {
    if (tooFast) {
      return TOO_FAST;
    }
    return hub.faults().isEmpty() ? null : find();
  }

  private synchronized Fault.@Nullable OfConnection find() {
    if (struck == null || !struck.stands()) {
      struck = hub.faults().strikeWith(Fault.OfConnection.class, this::place, _ -> true);
    }
    return struck == null ? null : (Fault.OfConnection) struck.fault();
  }

  FaultSite place() {
    return hub.place(dc, key);
  }
}
