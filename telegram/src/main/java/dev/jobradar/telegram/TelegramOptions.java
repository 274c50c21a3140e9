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
 * What clients of one application have in common. Immutable, made by a {@link #builder} and shared
 * by as many clients as there are.
 *
 * @param apiHash the application's hash at my.telegram.org: a secret of the application
 * @param client who we say we are; people see it in their list of devices
 * @param dataCentres where data centres are, and how they prove themselves
 * @param firstDc where a client without a session begins
 * @param framing how packets are framed
 * @param obfuscated whether they are hidden from simple filters
 * @param dialer how TCP connections are opened: straight, or through the proxy
 * @param proxy the server in between, null for none; packets to an MTProxy are framed its way
 * @param keepAlive when the line is asked whether it lives
 * @param backoff how long to wait after a failure
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

  /** The same with TCP connections opened another way, such as one that waits its turn first. */
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

  /** The same through another proxy, or through none: for one client among others. */
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
      DcId dc, @Nullable InetSocketAddress known, @Nullable AuthKey key, boolean signedIn) {
    List<InetSocketAddress> all = dataCentres.addresses(dc, known);
    // A proxy that cannot be reached is not reached by another of its targets either.
    List<InetSocketAddress> addresses = proxy == null ? all : List.of(all.getFirst());
    Transport wanted =
        obfuscated ? new Transport.Obfuscated(framing) : new Transport.Plain(framing);
    Transport transport = proxy == null ? wanted : proxy.transport(wanted, dc, dataCentres.test());
    // With a sign-in, being ready means that Telegram has just confirmed it.
    TlMethod<?> first = signedIn ? TelegramClient.WHO : new Help.GetConfig();
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

    /** Who we say we are; "JobRadar" on this system unless said otherwise. */
    public Builder client(ClientInfo value) {
      client = value;
      return this;
    }

    /** Where data centres are; Telegram's own unless said otherwise. */
    public Builder dataCentres(DataCentres value) {
      dataCentres = value;
      return this;
    }

    /** Where a client without a session begins; data centre 2 unless said otherwise. */
    public Builder firstDc(DcId value) {
      firstDc = value;
      return this;
    }

    /** How packets are framed; intermediate unless said otherwise. */
    public Builder framing(Framing value) {
      framing = value;
      return this;
    }

    /** Whether packets are hidden from simple filters; not unless said otherwise. */
    public Builder obfuscated(boolean value) {
      obfuscated = value;
      return this;
    }

    /** How TCP connections are opened; the proxy's way, else straight, unless said after it. */
    public Builder dialer(Dialer value) {
      dialer = value;
      return this;
    }

    /** The server in between, which then opens the connections; none unless said otherwise. */
    public Builder proxy(@Nullable Proxy value) {
      proxy = value;
      dialer = value == null ? Dialer.direct() : value.dialer();
      return this;
    }

    /** When the line is asked whether it lives. */
    public Builder keepAlive(KeepAlive value) {
      keepAlive = value;
      return this;
    }

    /** How long to wait after a failure. */
    public Builder backoff(Backoff value) {
      backoff = value;
      return this;
    }

    /** How long the named operations wait for an answer; 30 s unless said otherwise. */
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
