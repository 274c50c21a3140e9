package dev.jobradar.sandbox.net;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.fault.Place;
import dev.jobradar.sandbox.fault.StandingFault;
import dev.jobradar.sandbox.world.KeyId;
import org.jspecify.annotations.Nullable;

/** What is wrong with one connection on purpose. Thread-safe. */
final class LinkFault {
  private final Hub hub;
  private final DcId dc;

  /** The key that the connection was last seen to use. */
  private volatile @Nullable KeyId key;

  /** Stays with the connection for as long as it stands. Guarded by this. */
  private @Nullable StandingFault struck;

  LinkFault(Hub hub, DcId dc) {
    this.hub = hub;
    this.dc = dc;
  }

  void uses(KeyId acting) {
    key = acting;
  }

  /** The fault; null for none. */
  Fault.@Nullable OfConnection now() {
    return hub.faults().isEmpty() ? null : find();
  }

  private synchronized Fault.@Nullable OfConnection find() {
    if (struck == null || !struck.stands()) {
      struck = hub.faults().strikeWith(Fault.OfConnection.class, this::place);
    }
    return struck == null ? null : (Fault.OfConnection) struck.fault();
  }

  Place place() {
    return hub.place(dc, key);
  }
}
