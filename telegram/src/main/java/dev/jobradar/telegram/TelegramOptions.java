package dev.jobradar.telegram;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.client.Backoff;
import dev.jobradar.mtproto.client.ClientInfo;
import dev.jobradar.mtproto.client.ConnectionOptions;
import dev.jobradar.mtproto.client.Dialer;
import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.mtproto.session.KeepAlive;
import dev.jobradar.mtproto.transport.Framing;
import dev.jobradar.mtproto.transport.Transport;
import dev.jobradar.telegram.proxy.Proxy;
import dev.jobradar.telegram.session.DataCentres;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.api.method.Help;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The options that all clients of one application share. Immutable, made by a {@link #builder}.
 *
 * @param apiHash the application's hash at my.telegram.org: a secret of the application
 * @param client how the client introduces itself; people see it in their list of devices
 * @param dataCentres the data centres' addresses and public keys
 * @param firstDc the data centre where a client without a session starts
 * @param framing how packets are framed
 * @param obfuscated whether they are hidden from simple filters
 * @param dialer how TCP connections are opened: directly, or through the proxy
 * @param proxy the proxy, null for none; an MTProxy also determines the framing
 * @param keepAlive when an idle connection is checked
 * @param backoff how long to wait before the next connection attempt
 * @param callTimeout how long the named operations wait for an answer
 */
public record TelegramOptions(
    String apiHash,
    ClientInfo client,
    DataCentres dataCentres,
    DcId firstDc,
    Framing framing,
    boolean obfuscated,
    Dialer dialer,
    @Nullable Proxy proxy,
    KeepAlive keepAlive,
    Backoff backoff,
    Duration callTimeout) {
  /** The application's id at my.telegram.org. */
  public int apiId() {
    return client.apiId();
  }

  /**
   * A builder with everything at its default.
   *
   * @param apiId the application's id at my.telegram.org
   * @param apiHash its hash there
   */
  public static Builder builder(int apiId, String apiHash) {
    return new Builder(apiId, apiHash);
  }

  /** A copy with another dialer, such as one that waits for its turn. */
  public TelegramOptions withDialer(Dialer other) {
    return new TelegramOptions(
        apiHash,
        client,
        dataCentres,
        firstDc,
        framing,
        obfuscated,
        other,
        proxy,
        keepAlive,
        backoff,
        callTimeout);
  }

  /** A copy with another proxy, or with none, for a single client. */
  public TelegramOptions withProxy(@Nullable Proxy other) {
    return new TelegramOptions(
        apiHash,
        client,
        dataCentres,
        firstDc,
        framing,
        obfuscated,
        other == null ? Dialer.direct() : other.dialer(),
        other,
        keepAlive,
        backoff,
        callTimeout);
  }

  /** What a connection to one data centre is made of. */
  ConnectionOptions connection(
      DcId dc, List<InetSocketAddress> told, @Nullable AuthKey key, boolean signedIn) {
    List<InetSocketAddress> all = dataCentres.addresses(dc, told);
    // A proxy that cannot be reached is not reached by another of its targets either.
    List<InetSocketAddress> addresses = proxy == null ? all : List.of(all.getFirst());
    Transport wanted =
        obfuscated ? new Transport.Obfuscated(framing) : new Transport.Plain(framing);
    Transport transport = proxy == null ? wanted : proxy.transport(wanted, dc, dataCentres.test());
    // With a sign-in, being ready means that Telegram has just confirmed it.
    TlMethod<?> first = signedIn ? KnownMe.WHO : new Help.GetConfig();
    return ConnectionOptions.builder(addresses, dc, client)
        .testDc(dataCentres.test())
        .serverKeys(dataCentres.serverKeys())
        .firstQuery(first)
        .transport(transport)
        .dialer(dialer)
        .knownKey(key == null ? null : new ConnectionOptions.KnownKey(key, 0, null))
        .keepAlive(keepAlive)
        .backoff(backoff)
        .build();
  }

  @Override
  public String toString() {
    return "TelegramOptions[app " + apiId() + "]";
  }

  /** Makes {@link TelegramOptions}. Not thread-safe. */
  public static final class Builder {
    private final String apiHash;
    private ClientInfo client;
    private DataCentres dataCentres = DataCentres.PRODUCTION;
    private DcId firstDc = new DcId(2);
    private Framing framing = Framing.INTERMEDIATE;
    private boolean obfuscated;
    private Dialer dialer = Dialer.direct();
    private @Nullable Proxy proxy;
    private KeepAlive keepAlive = KeepAlive.DEFAULT;
    private Backoff backoff = Backoff.DEFAULT;
    private Duration callTimeout = Duration.ofSeconds(30);

    private Builder(int apiId, String apiHash) {
      this.apiHash = Objects.requireNonNull(apiHash);
      this.client = ClientInfo.of(apiId, "JobRadar", "1.0");
    }

    /** How the client introduces itself; "JobRadar" on this system by default. */
    public Builder client(ClientInfo value) {
      client = value;
      return this;
    }

    /** The data centres; Telegram's own by default. */
    public Builder dataCentres(DataCentres value) {
      dataCentres = value;
      return this;
    }

    /** The data centre where a client without a session starts; 2 by default. */
    public Builder firstDc(DcId value) {
      firstDc = value;
      return this;
    }

    /** How packets are framed; intermediate by default. */
    public Builder framing(Framing value) {
      framing = value;
      return this;
    }

    /** Whether packets are hidden from simple filters; not by default. */
    public Builder obfuscated(boolean value) {
      obfuscated = value;
      return this;
    }

    /**
     * How TCP connections are opened; by default through the proxy, else directly. Call it after
     * {@link #proxy}.
     */
    public Builder dialer(Dialer value) {
      dialer = value;
      return this;
    }

    /** The proxy, which then opens the connections; none by default. */
    public Builder proxy(@Nullable Proxy value) {
      proxy = value;
      dialer = value == null ? Dialer.direct() : value.dialer();
      return this;
    }

    /** When an idle connection is checked. */
    public Builder keepAlive(KeepAlive value) {
      keepAlive = value;
      return this;
    }

    /** How long to wait after a failure. */
    public Builder backoff(Backoff value) {
      backoff = value;
      return this;
    }

    /** How long the named operations wait for an answer; 30 s by default. */
    public Builder callTimeout(Duration value) {
      callTimeout = value;
      return this;
    }

    /** The options. */
    public TelegramOptions build() {
      return new TelegramOptions(
          apiHash,
          client,
          dataCentres,
          firstDc,
          framing,
          obfuscated,
          dialer,
          proxy,
          keepAlive,
          backoff,
          callTimeout);
    }
  }
}
