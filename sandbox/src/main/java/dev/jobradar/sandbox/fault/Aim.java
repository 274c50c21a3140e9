package dev.jobradar.sandbox.fault;

import dev.jobradar.sandbox.world.ChannelId;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.UserId;
import org.jspecify.annotations.Nullable;

/**
 * What a fault applies to: null, and data centre 0, mean any.
 *
 * @param key the authorisation key; for a bound temporary key, the permanent one
 * @param account who is signed in
 * @param dc the data centre's number
 * @param method the TL name of the method that is called, such as {@code messages.sendMessage};
 *     {@code initConnection} and {@code invokeWithLayer} are every call that carries them
 * @param channel the channel that a call names or an update belongs to
 */
public record Aim(
    @Nullable KeyId key,
    @Nullable UserId account,
    int dc,
    @Nullable String method,
    @Nullable ChannelId channel) {

  /** All clients, everywhere. */
  public static final Aim ALL = new Aim(null, null, 0, null, null);

  /** Whatever the channel. */
  public Aim(@Nullable KeyId key, @Nullable UserId account, int dc, @Nullable String method) {
    this(key, account, dc, method, null);
  }

  /** One key. */
  public static Aim key(KeyId key) {
    return new Aim(key, null, 0, null);
  }

  /** One account, over all its keys. */
  public static Aim account(UserId account) {
    return new Aim(null, account, 0, null);
  }

  /** One data centre. */
  public static Aim dc(int number) {
    return new Aim(null, null, number, null);
  }

  /** Calls of one method. */
  public static Aim method(String name) {
    return new Aim(null, null, 0, name);
  }

  /** Updates of one channel and calls that name it. */
  public static Aim channel(ChannelId channel) {
    return new Aim(null, null, 0, null, channel);
  }

  /** The same, but for this account alone. */
  public Aim of(UserId only) {
    return new Aim(key, only, dc, method, channel);
  }

  /** The same, but for calls of this method alone. */
  public Aim calling(String name) {
    return new Aim(key, account, dc, name, channel);
  }

  /** The same, but for this channel alone. */
  public Aim in(ChannelId only) {
    return new Aim(key, account, dc, method, only);
  }

  /** Whether it includes this site. */
  public boolean hits(FaultSite site) {
    return (channel == null || channel.equals(site.channel())) && hitsAnyChannel(site);
  }

  /** Whether it includes this site, whatever the channel. */
  boolean hitsAnyChannel(FaultSite site) {
    return (key == null || key.equals(site.key()))
        && (account == null || account.equals(site.account()))
        && (dc == 0 || dc == site.dc())
        && (method == null || site.methods().contains(method));
  }
}
