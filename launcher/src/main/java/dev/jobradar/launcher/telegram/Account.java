package dev.jobradar.launcher.telegram;

import dev.jobradar.launcher.telegram.SessionFile.Content;
import dev.jobradar.mtproto.ConnectionClosedException;
import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.TransportException;
import dev.jobradar.mtproto.crypto.RsaPublicKey;
import dev.jobradar.telegram.ClientListener;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.telegram.proxy.Proxy;
import dev.jobradar.telegram.session.DataCentres;
import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.tl.api.Config;
import dev.jobradar.tl.api.method.Help;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A session file and the client that was made from it. */
final class Account implements AutoCloseable {
  /** The longest to wait until a client that has ended has no connection any more. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  /** The numbers that Telegram's data centres have. */
  private static final int LAST_DC = 5;

  private final SessionFile file;
  private final @Nullable String via;
  private TelegramClient client;

  private Account(SessionFile file, @Nullable String via, TelegramClient client) {
    this.file = file;
    this.via = via;
    this.client = client;
  }

  TelegramClient client() {
    return client;
  }

  SessionFile file() {
    return file;
  }

  boolean isTelegram() {
    return via == null;
  }

  /** The client, which must be signed in. */
  TelegramClient signedIn() {
    // A sign-in that Telegram has ended counts here: the call will say why.
    if (!hasSignIn()) {
      throw new FailedException("not signed in: run \"jobradar telegram login\" first");
    }
    return client;
  }

  /** Whether the file holds a sign-in, valid or not. */
  boolean hasSignIn() {
    return client.session() != null;
  }

  /** Deletes a sign-in that is over, and goes on with a client that is not signed in. */
  void startOver() throws IOException, InterruptedException {
    client.close();
    if (!client.awaitClosed(CLOSE_TIMEOUT)) {
      throw new FailedException("the connection of the previous sign-in does not close: try again");
    }
    file.delete();
    client = new TelegramClient(client.options(), null, ClientListener.NONE);
    client.open();
  }

  /** Stores the sign-in. */
  void save() throws IOException {
    SavedSession session = client.session();
    if (session != null) {
      file.write(new Content(session, isTelegram() ? null : client.address(), via));
    }
  }

  static Account open(
      @Nullable String dc, @Nullable Path publicKey, Path sessionFile, @Nullable Proxy proxy)
      throws IOException, InterruptedException {
    SessionFile file = SessionFile.lock(sessionFile);
    try {
      Content content = file.read();
      if (dc == null && content != null && content.via() != null) {
        throw new FailedException(
            "this sign-in belongs to another data centre than Telegram's: name it with --dc and"
                + " --public-key");
      }
      SavedSession session = content == null ? null : content.session();
      TelegramOptions options =
          dc == null || publicKey == null
              ? telegram(session).withProxy(proxy)
              : elsewhere(dc, publicKey, content, proxy);
      TelegramClient client = new TelegramClient(options, session, ClientListener.NONE);
      client.open();
      return new Account(file, dc, client);
    } catch (IOException | InterruptedException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static TelegramOptions telegram(@Nullable SavedSession session) {
    return TelegramOptions.builder(apiId(), environment("TELEGRAM_API_HASH"))
        .dataCentres(DataCentres.of(session != null && session.test()))
        .build();
  }

  private static int apiId() {
    try {
      return Integer.parseInt(environment("TELEGRAM_API_ID"));
    } catch (NumberFormatException e) {
      throw new FailedException("TELEGRAM_API_ID is not a number");
    }
  }

  private static String environment(String name) {
    String value = System.getenv(name);
    if (value == null || value.isBlank()) {
      throw new FailedException(
          name
              + " is not set; my.telegram.org gives every application an id and a hash. For the"
              + " sandbox, name it with --dc and --public-key");
    }
    return value.strip();
  }

  private static TelegramOptions elsewhere(
      String dc, Path publicKey, @Nullable Content content, @Nullable Proxy proxy)
      throws IOException, InterruptedException {
    InetSocketAddress entry = address(dc);
    List<RsaPublicKey> keys = keys(publicKey);
    if (content != null && dc.equals(content.via()) && content.address() != null) {
      return options(content.session().dc(), List.of(content.address()), keys, proxy);
    }
    for (int number = 1; ; number++) {
      TelegramOptions guess = options(new DcId(number), List.of(entry), keys, proxy);
      try {
        Config config = ask(guess);
        DcId here = new DcId(config.thisDc());
        if (content == null || content.session().dc().equals(here)) {
          return options(here, List.of(entry), keys, proxy);
        }
        DcId home = content.session().dc();
        return options(home, listed(config, home), keys, proxy);
      } catch (MtprotoException e) {
        if (number == LAST_DC || !isWrongDc(e)) {
          throw e;
        }
      }
    }
  }

  /** A data centre does not say its number before there is a key, and refuses a wrong one. */
  private static boolean isWrongDc(MtprotoException e) {
    return e instanceof ConnectionClosedException
        && e.getCause() instanceof TransportException refused
        && refused.is(TransportException.INVALID_DC);
  }

  private static Config ask(TelegramOptions options) throws InterruptedException {
    try (TelegramClient stranger = new TelegramClient(options, null, ClientListener.NONE)) {
      stranger.open();
      return stranger.read(new Help.GetConfig());
    }
  }

  /** Where a data centre is, one address of each kind that it has, IPv4 first. */
  private static List<InetSocketAddress> listed(Config config, DcId dc) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (boolean ipv6 : new boolean[] {false, true}) {
      config.dcOptions().stream()
          .filter(option -> option.id() == dc.value() && option.ipv6() == ipv6)
          .filter(option -> !option.mediaOnly() && !option.cdn())
          .findFirst()
          .map(option -> new InetSocketAddress(option.ipAddress(), option.port()))
          .ifPresent(addresses::add);
    }
    if (!addresses.isEmpty()) {
      return addresses;
    }
    throw new FailedException(
        "the session belongs to "
            + dc
            + ", which is not there: check --dc, or name another"
            + " --session-file");
  }

  /**
   * @param addresses one, or its IPv4 and its IPv6 address
   */
  private static TelegramOptions options(
      DcId dc, List<InetSocketAddress> addresses, List<RsaPublicKey> keys, @Nullable Proxy proxy) {
    Map<DcId, InetSocketAddress> second =
        addresses.size() == 1 ? Map.of() : Map.of(dc, addresses.getLast());
    return TelegramOptions.builder(1, "sandbox")
        .dataCentres(DataCentres.custom(Map.of(dc, addresses.getFirst()), second, keys))
        .firstDc(dc)
        .proxy(proxy)
        .build();
  }

  private static List<RsaPublicKey> keys(Path file) throws IOException {
    try {
      return RsaPublicKey.listFromPem(Files.readString(file));
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw new FailedException("--public-key " + file + " holds no RSA key (PEM)");
    }
  }

  private static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    try {
      if (colon > 0) {
        // An IPv6 address has colons of its own and stands in brackets.
        String host = text.substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
        return new InetSocketAddress(host, Integer.parseInt(text.substring(colon + 1)));
      }
    } catch (IllegalArgumentException e) {
      // Reported below.
    }
    throw new FailedException("--dc is HOST:PORT, such as 127.0.0.1:4430 or [::1]:4430");
  }

  @Override
  public void close() throws IOException {
    client.close();
    file.close();
  }
}
