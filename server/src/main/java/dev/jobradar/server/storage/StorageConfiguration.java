package dev.jobradar.server.storage;

import com.zaxxer.hikari.HikariConfig;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes what {@link StorageSettings} says. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StorageSettings.class)
class StorageConfiguration {
  /** SQLite writes one at a time: more connections only wait for each other. */
  private static final int SQLITE_CONNECTIONS = 4;

  private static final int POSTGRESQL_CONNECTIONS = 16;

  /** Looks into the database first: keys that fit it, or none where there is something to open. */
  @Bean
  Vault vault(StorageSettings settings, JdbcClient database) {
    return StoredSecrets.vaultFor(settings, database);
  }

  @Bean
  HomeFolder homeFolder(StorageSettings settings) {
    return HomeFolder.open(settings);
  }

  /** Its folder comes first: the lock is a file in it. */
  @Bean
  InstanceLock instanceLock(StorageSettings settings, HomeFolder home) {
    return InstanceLock.take(settings);
  }

  /** Asks for the lock, so that nothing touches the database without it. */
  @Bean
  DataSource dataSource(StorageSettings settings, InstanceLock lock) {
    if (!lock.held()) {
      throw new StorageException("the lock on the database is lost");
    }
    if (settings.vendor() == Vendor.SQLITE) {
      SqliteFile.makePrivate(settings.databaseUrl());
    }
    HikariConfig config = new HikariConfig();
    config.setPoolName("database");
    switch (settings.vendor()) {
      case SQLITE -> {
        config.setDataSource(new SqliteDataSource(settings.databaseUrl()));
        config.setExceptionOverride(new SqliteErrors());
        config.setMaximumPoolSize(SQLITE_CONNECTIONS);
      }
      case POSTGRESQL -> {
        config.setJdbcUrl(settings.databaseUrl());
        config.setUsername(settings.databaseUser());
        config.setPassword(settings.databasePassword());
        // Its details quote the row that a statement failed on: messages, phones.
        config.addDataSourceProperty("logServerErrorDetail", "false");
        config.setMaximumPoolSize(POSTGRESQL_CONNECTIONS);
      }
    }
    return DatabaseStart.open(settings, config);
  }

  @Bean
  SQLExceptionTranslator sqlExceptionTranslator(StorageSettings settings) {
    return switch (settings.vendor()) {
      case SQLITE -> new SqliteErrors();
      case POSTGRESQL -> new SQLExceptionSubclassTranslator();
    };
  }

  @Bean
  GroupCommit groupCommit(StorageSettings settings, TransactionTemplate transactions) {
    return GroupCommit.on(settings.vendor(), transactions);
  }

  @Bean
  FlywayConfigurationCustomizer vendorPlaceholders(StorageSettings settings) {
    return flyway -> flyway.placeholders(settings.vendor().placeholders());
  }
}
