package dev.jobradar.server.account;

import dev.jobradar.clients.Connector;
import dev.jobradar.clients.PendingSignIns;
import dev.jobradar.clients.SessionStore;
import dev.jobradar.clients.SignInLimits;
import dev.jobradar.clients.SignInOptions;
import dev.jobradar.clients.UserClients;
import dev.jobradar.clients.UserClientsListener;
import dev.jobradar.clients.UserClientsOptions;
import dev.jobradar.clients.metrics.UserClientsMeters;
import dev.jobradar.mtproto.DcId;
import dev.jobradar.mtproto.crypto.RsaPublicKey;
import dev.jobradar.server.storage.InstanceLock;
import dev.jobradar.server.storage.ProcessEnd;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.telegram.proxy.Proxy;
import dev.jobradar.telegram.session.DataCentres;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Makes the one door to users' connections. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TelegramSettings.class)
class AccountConfiguration {
  /** Calls under way, and deliveries among them, get so long when the service ends. */
  private static final Duration DRAIN = Duration.ofSeconds(5);

  @Bean
  @ConditionalOnMissingBean
  TelegramOptions telegramOptions(TelegramSettings settings) {
    Integer apiId = settings.apiId();
    String apiHash = settings.apiHash();
    if (apiId == null || apiHash == null || apiHash.isBlank()) {
      throw new IllegalStateException(
          "TELEGRAM_API_ID and TELEGRAM_API_HASH are missing: my.telegram.org gives every"
              + " application an id and a hash");
    }
    TelegramOptions.Builder options = TelegramOptions.builder(apiId, apiHash);
    Map<DcId, InetSocketAddress> others = new LinkedHashMap<>();
    for (String each : settings.dataCentres()) {
      String[] parts = each.strip().split("[=:]", -1);
      if (parts.length != 3) {
        throw new IllegalStateException(
            "jobradar.telegram.data-centres holds number=host:port, got " + each);
      }
      others.put(
          new DcId(Integer.parseInt(parts[0])),
          new InetSocketAddress(parts[1], Integer.parseInt(parts[2])));
    }
    if (!others.isEmpty()) {
      options
          .dataCentres(DataCentres.custom(others, keys(settings)))
          .firstDc(others.keySet().iterator().next());
    }
    String proxy = settings.proxy();
    if (proxy != null && !proxy.isBlank()) {
      options.proxy(Proxy.parse(proxy));
    }
    return options.build();
  }

  private static java.util.List<RsaPublicKey> keys(TelegramSettings settings) {
    Path file = settings.publicKeyFile();
    if (file == null) {
      throw new IllegalStateException(
          "jobradar.telegram.public-key-file has to name the key of"
              + " jobradar.telegram.data-centres");
    }
    try {
      return RsaPublicKey.listFromPem(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("the public key " + file + " cannot be read", e);
    }
  }

  @Bean
  AccountSubscriptions subscriptions(
      ObjectProvider<AccountEvents> events, ApplicationEventPublisher publisher) {
    return new AccountSubscriptions(events::getObject, publisher);
  }

  /** Losing the database to another process ends every connection: that one may open them now. */
  @Bean
  UserClients userClients(
      SessionStore sessions,
      TelegramOptions options,
      TelegramSettings settings,
      AccountSubscriptions subscriptions,
      InstanceLock lock,
      ProcessEnd end,
      MeterRegistry registry) {
    UserClientsMeters meters = new UserClientsMeters(registry);
    UserClients clients =
        new UserClients(
            sessions,
            Connector.of(options),
            UserClientsOptions.builder()
                .maxConcurrentDials(settings.dialsAtOnce())
                .idleAfter(settings.idleAfter())
                .drain(DRAIN)
                .build(),
            subscriptions,
            UserClientsListener.both(meters, subscriptions));
    meters.watch(clients);
    lock.onLost(() -> {
      try {
        clients.close();
      } finally {
        end.endProcess(ProcessEnd.Reason.LOCK_LOST);
      }
    });
    return clients;
  }

  @Bean
  PendingSignIns pendingSignIns(UserClients clients, SignInLimits limits) {
    return new PendingSignIns(clients, limits, SignInOptions.DEFAULT);
  }

  /** Its clock stops with the service. */
  @Bean
  TelegramAccounts telegramAccounts(
      UserClients clients, SessionStore sessions, AccountSubscriptions subscriptions) {
    return new TelegramAccounts(clients, sessions, subscriptions);
  }

  @Bean
  @Primary
  Accounts accounts(TelegramAccounts accounts, FloodWaits floodWaits, InstantSource clock) {
    return new PacedAccounts(accounts, floodWaits, clock);
  }
}
