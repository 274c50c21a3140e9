package dev.jobradar.mtproto.client;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.mtproto.crypto.RsaPublicKey;
import dev.jobradar.mtproto.session.KeepAlive;
import dev.jobradar.mtproto.transport.Framing;
import dev.jobradar.mtproto.transport.Transport;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.api.method.Help;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Options of a connection. Immutable; made by a {@link #builder}.
 *
 * @param addresses where the data centre listens, IPv4 or IPv6, the preferred first: they are tried
 *     one after another; a name is looked up for every attempt
 * @param dc its number
 * @param testDc whether it belongs to Telegram's test data centres
 * @param serverKeys the RSA keys that it may use to prove its identity
 * @param client how this client introduces itself
 * @param firstQuery the query that carries {@link ClientInfo#introduce} on every new connection
 * @param transport how packets are framed
 * @param dialer how TCP connections are opened
 * @param knownKey an existing authorisation key, null to create one
 * @param keepAlive when the connection is pinged
 * @param backoff how long to wait after a failure
 * @param dialTimeout the longest that opening a TCP connection may take
 * @param handshakeTimeout limit for the key exchange, and again for the first query
 * @param maxCalls limit on concurrent calls; further calls wait within their own timeout
 * @param maxPacket the largest packet that is sent or accepted, in bytes
 */
public record ConnectionOptions(
    List<InetSocketAddress> addresses,
    DcId dc,
    boolean testDc,
    List<RsaPublicKey> serverKeys,
    ClientInfo client,
    TlMethod<?> firstQuery,
    Transport transport,
    Dialer dialer,
    @Nullable KnownKey knownKey,
    KeepAlive keepAlive,
    Backoff backoff,
    Duration dialTimeout,
    Duration handshakeTimeout,
    int maxCalls,
    int maxPacket) {

  /**
   * An existing authorisation key.
   *
   * @param key the key
   * @param salt one of its salts, 0 when none is known: the server then sends one
   * @param timeOffset the server's time minus ours in milliseconds, null when it is not known
   */
  public record KnownKey(AuthKey key, long salt, @Nullable Long timeOffset) {}

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException when there is no address, or {@code maxCalls} is not positive
   */
  public ConnectionOptions {
    addresses = List.copyOf(addresses);
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("no address of " + dc);
    }
    serverKeys = List.copyOf(serverKeys);
    if (maxCalls < 1) {
      throw new IllegalArgumentException("maxCalls must be 1 or more, got " + maxCalls);
    }
  }

  /** The preferred address. */
  public InetSocketAddress address() {
    return addresses.getFirst();
  }

  /** A builder with default values, for one address. */
  public static Builder builder(InetSocketAddress address, DcId dc, ClientInfo client) {
    return builder(List.of(address), dc, client);
  }

  /** A builder with default values. */
  public static Builder builder(List<InetSocketAddress> addresses, DcId dc, ClientInfo client) {
    return new Builder(addresses, dc, client);
  }

  /** Makes {@link ConnectionOptions}. Not thread-safe. */
  public static final class Builder {
    private final List<InetSocketAddress> addresses;
    private final DcId dc;
    private final ClientInfo client;
    private boolean testDc;
    private List<RsaPublicKey> serverKeys = List.of();
    private TlMethod<?> firstQuery = new Help.GetConfig();
    private Transport transport = new Transport.Plain(Framing.INTERMEDIATE);
    private Dialer dialer = Dialer.direct();
    private @Nullable KnownKey knownKey;
    private KeepAlive keepAlive = KeepAlive.DEFAULT;
    private Backoff backoff = Backoff.DEFAULT;
    private Duration dialTimeout = Duration.ofSeconds(10);
    private Duration handshakeTimeout = Duration.ofSeconds(20);
    private int maxCalls = 1024;
    private int maxPacket = Framing.DEFAULT_MAX_PAYLOAD;

    private Builder(List<InetSocketAddress> addresses, DcId dc, ClientInfo client) {
      this.addresses = List.copyOf(addresses);
      this.dc = Objects.requireNonNull(dc);
      this.client = Objects.requireNonNull(client);
    }

    /** Whether this is one of Telegram's test data centres. */
    public Builder testDc(boolean value) {
      testDc = value;
      return this;
    }

    /** The RSA keys that the data centre may use to prove its identity. */
    public Builder serverKeys(List<RsaPublicKey> value) {
      serverKeys = value;
      return this;
    }

    /** The query sent with {@code initConnection}; {@code help.getConfig} by default. */
    public Builder firstQuery(TlMethod<?> value) {
      firstQuery = value;
      return this;
    }

    /** How packets are framed; plain intermediate by default. */
    public Builder transport(Transport value) {
      transport = value;
      return this;
    }

    /** How TCP connections are opened; directly by default. */
    public Builder dialer(Dialer value) {
      dialer = value;
      return this;
    }

    /** An existing authorisation key; without one a key is created. */
    public Builder knownKey(@Nullable KnownKey value) {
      knownKey = value;
      return this;
    }

    /** When the connection is pinged. */
    public Builder keepAlive(KeepAlive value) {
      keepAlive = value;
      return this;
    }

    /** How long to wait after a failure. */
    public Builder backoff(Backoff value) {
      backoff = value;
      return this;
    }

    /** The longest that opening a TCP connection may take; 10 s by default. */
    public Builder dialTimeout(Duration value) {
      dialTimeout = value;
      return this;
    }

    /** Limit for the key exchange, and for the first query; 20 s by default. */
    public Builder handshakeTimeout(Duration value) {
      handshakeTimeout = value;
      return this;
    }

    /** Limit on concurrent calls; 1,024 by default. */
    public Builder maxCalls(int value) {
      maxCalls = value;
      return this;
    }

    /** The largest packet to accept; 16 MiB by default. */
    public Builder maxPacket(int value) {
      maxPacket = value;
      return this;
    }

    /** The options. */
    public ConnectionOptions build() {
      return new ConnectionOptions(
          addresses,
          dc,
          testDc,
          serverKeys,
          client,
          firstQuery,
          transport,
          dialer,
          knownKey,
          keepAlive,
          backoff,
          dialTimeout,
          handshakeTimeout,
          maxCalls,
          maxPacket);
    }
  }
}
