package dev.jobradar.server.storage;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where state lives.
 *
 * @param home the folder of the default database and the default key; made when it is missing
 * @param database a JDBC URL of PostgreSQL ({@code jdbc:postgresql://host/name}) or SQLite ({@code
 *     jdbc:sqlite:file}); null for {@code jobradar.db} in the home folder
 * @param databaseUser PostgreSQL's user, null when the URL says it or none is needed
 * @param databasePassword and its password
 * @param key the encryption keys themselves, as {@code ./jobradar key new} prints them; null to
 *     have them in the key file
 * @param keyFile where they are kept; null for {@code secret.key} in the home folder
 * @param newDatabase whether to begin with an empty database although there is a key file
 */
@ConfigurationProperties("jobradar")
public record StorageSettings(
    @DefaultValue("jobradar-data") Path home,
    @Nullable String database,
    @Nullable String databaseUser,
    @Nullable String databasePassword,
    @Nullable String key,
    @Nullable Path keyFile,
    @DefaultValue("false") boolean newDatabase) {
  /** As Spring makes it of the settings. */
  @ConstructorBinding
  public StorageSettings {}

  /** Where a database is expected when there are keys. */
  public StorageSettings(
      Path home,
      @Nullable String database,
      @Nullable String databaseUser,
      @Nullable String databasePassword,
      @Nullable String key,
      @Nullable Path keyFile) {
    this(home, database, databaseUser, databasePassword, key, keyFile, false);
  }

  /** The database's JDBC URL without options. */
  public String databaseUrl() {
    return database == null || database.isBlank()
        ? "jdbc:sqlite:" + home.resolve("jobradar.db")
        : database;
  }

  /**
   * Looks at a database's URL, and not at the database.
   *
   * @throws StorageException when it cannot be one of ours; the URL is not shown
   */
  public static void check(String url) {
    if (Vendor.of(url) == Vendor.SQLITE) {
      SqliteFile.of(url);
    }
  }

  /** Whose SQL it speaks. */
  public Vendor vendor() {
    return Vendor.of(databaseUrl());
  }

  /** Where the keys are kept. */
  public Path keyFileOrDefault() {
    return keyFile == null ? home.resolve("secret.key") : keyFile;
  }

  /** Shows neither passwords nor keys. */
  @Override
  public String toString() {
    return "StorageSettings[" + vendor() + "]";
  }
}
