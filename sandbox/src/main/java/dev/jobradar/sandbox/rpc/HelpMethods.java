package dev.jobradar.sandbox.rpc;

import dev.jobradar.sandbox.world.World;
import dev.jobradar.tl.api.CdnConfig;
import dev.jobradar.tl.api.Config;
import dev.jobradar.tl.api.DcOption;
import dev.jobradar.tl.api.JsonBool;
import dev.jobradar.tl.api.JsonNumber;
import dev.jobradar.tl.api.JsonObject;
import dev.jobradar.tl.api.JsonObjectValue;
import dev.jobradar.tl.api.NearestDc;
import dev.jobradar.tl.api.TypeJSONValue;
import dev.jobradar.tl.api.help.AppConfig;
import dev.jobradar.tl.api.help.AppConfigNotModified;
import dev.jobradar.tl.api.help.CountriesList;
import dev.jobradar.tl.api.help.CountriesListNotModified;
import dev.jobradar.tl.api.help.Country;
import dev.jobradar.tl.api.help.CountryCode;
import dev.jobradar.tl.api.help.NoAppUpdate;
import dev.jobradar.tl.api.help.PeerColors;
import dev.jobradar.tl.api.help.PromoDataEmpty;
import dev.jobradar.tl.api.help.TermsOfServiceUpdateEmpty;
import dev.jobradar.tl.api.help.TimezonesList;
import dev.jobradar.tl.api.help.TypeAppConfig;
import dev.jobradar.tl.api.help.TypeCountriesList;
import dev.jobradar.tl.api.method.Help;
import java.util.List;
import java.util.stream.Stream;

/** The {@code help.} methods: what a client asks before anything else. */
final class HelpMethods {

  private static final int HOUR = 3_600;
  private static final int SECOND_MS = 1_000;
  private static final int CONFIG_HASH = 1;

  private final World world;
  private final List<DataCentre> dataCentres;

  HelpMethods(World world, List<DataCentre> dataCentres) {
    this.world = world;
    this.dataCentres = List.copyOf(dataCentres);
  }

  void register(MethodTable methods) {
    methods.open(Help.GetConfig.class, (call, caller) -> config(caller.dc()));
    methods.open(
        Help.GetNearestDc.class, (call, caller) -> new NearestDc("RU", caller.dc(), caller.dc()));
    methods.open(Help.GetAppConfig.class, (call, caller) -> appConfig(call.hash()));
    methods.open(Help.GetCountriesList.class, (call, caller) -> countries(call.hash()));
    methods.open(Help.GetCdnConfig.class, (call, caller) -> new CdnConfig(List.of()));
    methods.open(Help.GetAppUpdate.class, (call, caller) -> new NoAppUpdate());
    methods.open(Help.SaveAppLog.class, (call, caller) -> true);
    methods.open(Help.AcceptTermsOfService.class, (call, caller) -> true);
    methods.open(
        Help.GetTimezonesList.class, (call, caller) -> new TimezonesList(List.of(), CONFIG_HASH));
    methods.open(
        Help.GetPeerColors.class, (call, caller) -> new PeerColors(CONFIG_HASH, List.of()));
    methods.open(
        Help.GetPeerProfileColors.class, (call, caller) -> new PeerColors(CONFIG_HASH, List.of()));
    methods.anywhere(
        Help.GetTermsOfServiceUpdate.class,
        (call, caller) -> new TermsOfServiceUpdateEmpty(world.now() + HOUR));
    methods.anywhere(
        Help.GetPromoData.class, (call, caller) -> new PromoDataEmpty(world.now() + HOUR));
    methods.anywhere(Help.DismissSuggestion.class, (call, caller) -> true);
  }

  private Config config(int dc) {
    return Config.builder()
        .revokePmInbox(true)
        .date(world.now())
        .expires(world.now() + HOUR)
        .testMode(false)
        .thisDc(dc)
        .dcOptions(dataCentres.stream().flatMap(HelpMethods::options).toList())
        .dcTxtDomainName("")
        .chatSizeMax(200)
        .megagroupSizeMax(200_000)
        .forwardedCountMax(100)
        .onlineUpdatePeriodMs(210 * SECOND_MS)
        .offlineBlurTimeoutMs(5 * SECOND_MS)
        .offlineIdleTimeoutMs(30 * SECOND_MS)
        .onlineCloudTimeoutMs(300 * SECOND_MS)
        .notifyCloudDelayMs(30 * SECOND_MS)
        .notifyDefaultDelayMs(2 * SECOND_MS)
        .pushChatPeriodMs(60 * SECOND_MS)
        .pushChatLimit(2)
        .editTimeLimit(48 * HOUR)
        .revokeTimeLimit(Integer.MAX_VALUE)
        .revokePmTimeLimit(Integer.MAX_VALUE)
        .ratingEDecay(2_419_200)
        .stickersRecentLimit(200)
        .channelsReadMediaPeriod(7 * 24 * HOUR)
        .callReceiveTimeoutMs(20 * SECOND_MS)
        .callRingTimeoutMs(90 * SECOND_MS)
        .callConnectTimeoutMs(30 * SECOND_MS)
        .callPacketTimeoutMs(10 * SECOND_MS)
        .meUrlPrefix("https://t.me/")
        .captionLengthMax(1_024)
        .messageLengthMax(MessageMethods.MAX_TEXT)
        .webfileDcId(dc)
        .build();
  }

  /** As at Telegram each family is an option of its own, and IPv6 is written in full. */
  private static Stream<DcOption> options(DataCentre dc) {
    DcOption ipv4 = option(dc);
    String ipv6 = dc.ipv6();
    return ipv6 == null
        ? Stream.of(ipv4)
        : Stream.of(ipv4, ipv4.toBuilder().ipv6(true).ipAddress(ipv6).build());
  }

  private static DcOption option(DataCentre dc) {
    return DcOption.builder()
        .static_(true)
        .thisPortOnly(true)
        .id(dc.id())
        .ipAddress(dc.host())
        .port(dc.port())
        .build();
  }

  private static TypeAppConfig appConfig(int hash) {
    if (hash == CONFIG_HASH) {
      return new AppConfigNotModified();
    }
    return new AppConfig(
        CONFIG_HASH,
        new JsonObject(
            List.of(
                value("test", new JsonNumber(0)),
                value("qr_login_camera", new JsonBool(false)),
                value("channels_limit_default", new JsonNumber(ChannelMethods.MAX_JOINED)),
                value("dialogs_pinned_limit_default", new JsonNumber(5)),
                value("about_length_limit_default", new JsonNumber(70)))));
  }

  private static JsonObjectValue value(String key, TypeJSONValue value) {
    return new JsonObjectValue(key, value);
  }

  private static TypeCountriesList countries(int hash) {
    return hash == CONFIG_HASH
        ? new CountriesListNotModified()
        : new CountriesList(
            List.of(
                country("DE", "Germany", "49"),
                country("FT", "Test numbers", "999"),
                country("GB", "United Kingdom", "44"),
                country("KZ", "Kazakhstan", "7"),
                country("RU", "Russia", "7"),
                country("US", "USA", "1")),
            CONFIG_HASH);
  }

  private static Country country(String iso, String name, String code) {
    return Country.builder()
        .iso2(iso)
        .defaultName(name)
        .countryCodes(List.of(CountryCode.builder().countryCode(code).build()))
        .build();
  }
}
