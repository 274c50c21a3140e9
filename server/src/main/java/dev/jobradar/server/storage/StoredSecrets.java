package dev.jobradar.server.storage;

import java.nio.file.Files;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is stored sealed, and whether the keys at hand open it. */
final class StoredSecrets {
  private record Session(long user, String sealed) {}

  private StoredSecrets() {}

  /**
   * The vault of these settings, once it is known to be this database's. Keys are made only where
   * nothing is sealed yet: new ones would lock everybody out whose session is stored.
   *
   * @throws StorageException when the keys are missing, are others', or cannot be read or written
   */
  static Vault vaultFor(StorageSettings settings, JdbcClient database) {
    Optional<Session> any =
        database
            .sql(
                """
                select user_id, sealed
                from telegram_sessions
                where sealed is not null
                order by user_id
                limit 1
                """)
            .query((row, n) -> new Session(row.getLong("user_id"), row.getString("sealed")))
            .optional();
    String given = settings.key();
    boolean inFile = given == null || given.isBlank();
    if (any.isPresent() && inFile && !Files.exists(settings.keyFileOrDefault())) {
      throw new StorageException(
          "the key file "
              + settings.keyFileOrDefault()
              + " is missing, and the Telegram sessions in the database are encrypted with its"
              + " keys: put it back. docs/operating.md says what to do when it is lost");
    }
    Vault vault = Vault.open(settings);
    any.ifPresent(session -> {
      try {
        vault.open(session.sealed(), KeyRotation.sessionContext(session.user()));
      } catch (StorageException e) {
        throw new StorageException(
            (inFile ? "the keys in " + settings.keyFileOrDefault() : "the keys in JOBRADAR_KEY")
                + " are not those that the Telegram sessions in the database are encrypted with",
            e);
      }
    });
    return vault;
  }
}
