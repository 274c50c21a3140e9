package dev.jobradar.telegram.session;

import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.crypto.RsaPublicKey;
import dev.jobradar.mtproto.crypto.TelegramRsaKeys;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where data centres listen, and the keys that they prove themselves with. Immutable.
 *
 * <p>The built-in addresses serve to get through the first time; {@code help.getConfig} tells the
 * current ones (core.telegram.org/api/datacenter).
 *
 * @param test whether these are Telegram's test data centres
 * @param addresses every data centre's address, IPv4 at Telegram; no other data centres are known
 * @param ipv6 the same for networks without IPv4, as far as it is known
 * @param serverKeys the RSA keys that any of them may use
 */
public record DataCentres(
    boolean test,
    Map<DcId, InetSocketAddress> addresses,
    Map<DcId, InetSocketAddress> ipv6,
    List<RsaPublicKey> serverKeys) {

  private static final int PORT = 443;

  /** Telegram's own: IPv4 as in @mtcute/convert, IPv6 as in TDLib. */
  public static final DataCentres PRODUCTION =
      new DataCentres(
          false,
          addresses(
              "149.154.175.56",
              "149.154.167.41",
              "149.154.175.100",
              "149.154.167.91",
              "91.108.56.179"),
          addresses(
              "2001:b28:f23d:f001::a",
              "2001:67c:4e8:f002::a",
              "2001:b28:f23d:f003::a",
              "2001:67c:4e8:f004::a",
              "2001:b28:f23f:f005::a"),
          List.of(TelegramRsaKeys.PRODUCTION));

  /** Telegram's test data centres, as in TDLib: accounts of their own, on the same protocol. */
  public static final DataCentres TEST =
      new DataCentres(
          true,
          addresses("149.154.175.10", "149.154.167.40", "149.154.175.117"),
          addresses("2001:b28:f23d:f001::e", "2001:67c:4e8:f002::e", "2001:b28:f23d:f003::e"),
          List.of(TelegramRsaKeys.TEST));

  /** Copies the tables. */
  public DataCentres {
    addresses = Map.copyOf(addresses);
    ipv6 = Map.copyOf(ipv6);
    serverKeys = List.copyOf(serverKeys);
  }

  /** Telegram's test data centres, or its production ones. */
  public static DataCentres of(boolean test) {
    return test ? TEST : PRODUCTION;
  }

  /**
   * Others than Telegram's, for tests.
   *
   * @param addresses where they listen
   * @param serverKeys the RSA keys that they may use
   */
  public static DataCentres custom(
      Map<DcId, InetSocketAddress> addresses, List<RsaPublicKey> serverKeys) {
    return custom(addresses, Map.of(), serverKeys);
  }

  /**
   * Others than Telegram's, with addresses of both kinds.
   *
   * @param addresses where they listen
   * @param ipv6 where they listen too, as far as they do
   * @param serverKeys the RSA keys that they may use
   */
  public static DataCentres custom(
      Map<DcId, InetSocketAddress> addresses,
      Map<DcId, InetSocketAddress> ipv6,
      List<RsaPublicKey> serverKeys) {
    return new DataCentres(false, addresses, ipv6, serverKeys);
  }

  /**
   * The address of a data centre.
   *
   * @throws IllegalArgumentException when there is no such data centre
   */
  public InetSocketAddress address(DcId dc) {
    InetSocketAddress address = addresses.get(dc);
    if (address == null) {
      throw new IllegalArgumentException(
          "the address of %s%s is not known".formatted(test ? "test " : "", dc));
    }
    return address;
  }

  /**
   * Every address of a data centre, the preferred first. A connection tries them one after another,
   * so that networks with IPv6 alone work too.
   *
   * @param told addresses that are preferred to the built-in ones of their families, as {@code
   *     help.getConfig} names them
   * @throws IllegalArgumentException when there is no such data centre and nothing was told
   */
  public List<InetSocketAddress> addresses(DcId dc, List<InetSocketAddress> told) {
    List<InetSocketAddress> all = new ArrayList<>(told.isEmpty() ? List.of(address(dc)) : told);
    InetSocketAddress four = addresses.get(dc);
    if (four != null && all.stream().allMatch(DataCentres::isIpv6)) {
      all.add(four);
    }
    InetSocketAddress six = ipv6.get(dc);
    if (six != null && all.stream().noneMatch(DataCentres::isIpv6)) {
      all.add(six);
    }
    return List.copyOf(all);
  }

  private static boolean isIpv6(InetSocketAddress address) {
    return address.getAddress() instanceof Inet6Address;
  }

  /** The same, with one data centre at another address, such as {@code help.getConfig} names. */
  public DataCentres with(DcId dc, InetSocketAddress address) {
    Map<DcId, InetSocketAddress> changed = new HashMap<>(addresses);
    changed.put(dc, address);
    return new DataCentres(test, changed, ipv6, serverKeys);
  }

  private static Map<DcId, InetSocketAddress> addresses(String... byNumber) {
    Map<DcId, InetSocketAddress> table = new HashMap<>();
    for (int i = 0; i < byNumber.length; i++) {
      table.put(new DcId(i + 1), new InetSocketAddress(InetAddress.ofLiteral(byNumber[i]), PORT));
    }
    return table;
  }
}
