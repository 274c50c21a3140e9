package dev.jobradar.sandbox.fault;

import dev.jobradar.sandbox.world.ChannelId;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.UserId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The place of an event that a fault may strike.
 *
 * @param dc the data centre's number
 * @param key the authorisation key; null while none is known
 * @param account who is signed in; null for none
 * @param methods what is called, by TL names; empty outside of calls
 * @param channel the channel that a call names or an update belongs to; null for none
 */
public record FaultSite(
    int dc,
    @Nullable KeyId key,
    @Nullable UserId account,
    Set<String> methods,
    @Nullable ChannelId channel) {

  public FaultSite {
    methods = Set.copyOf(methods);
  }

  /** A site outside of calls. */
  public static FaultSite of(int dc, @Nullable KeyId key, @Nullable UserId account) {
    return new FaultSite(dc, key, account, Set.of(), null);
  }

  /** The same client, calling one of these. */
  public FaultSite calling(Set<String> names) {
    return new FaultSite(dc, key, account, names, channel);
  }

  /** The same client, at a channel. */
  public FaultSite in(@Nullable ChannelId where) {
    return new FaultSite(dc, key, account, methods, where);
  }
}
