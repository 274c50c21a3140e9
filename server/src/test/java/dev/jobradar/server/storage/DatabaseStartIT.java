package dev.jobradar.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is looked at before the service begins with a database. */
@Timeout(60)
class DatabaseStartIT {
  @TempDir Path folder;

  private StorageSettings settings(boolean newDatabase) {
    StorageSettings of = TestDatabase.newSettings(Vendor.SQLITE, folder);
    return new StorageSettings(of.home(), null, null, null, null, null, newDatabase);
  }

  @Test
  void another_file_is_refused_in_words() throws Exception {
    Files.writeString(folder.resolve("jobradar.db"), "no database ".repeat(1_000));
    assertThatThrownBy(() -> TestDatabase.at(settings(false)))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(folder.resolve("jobradar.db").toString())
        .hasMessageContaining("put a backup in its place");
  }

  @Test
  void pages_that_were_overwritten_are_found() throws Exception {
    Path copy = folder.resolve("jobradar.db");
    try (TestDatabase database = TestDatabase.open(Vendor.SQLITE)) {
      database.client().sql("pragma wal_checkpoint(truncate)").query().listOfRows();
      Files.copy(database.settings().home().resolve("jobradar.db"), copy);
    }
    try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[40_000]), 8_192);
    }
    assertThatThrownBy(() -> TestDatabase.at(settings(false)))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("is damaged");
  }

  @ParameterizedTest
  @EnumSource(Vendor.class)
  void an_empty_database_beside_a_key_file_is_asked_about(Vendor vendor) {
    StorageSettings settings = TestDatabase.newSettings(vendor, folder);
    Vault.open(settings);
    assertThatThrownBy(() -> TestDatabase.at(settings))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("JOBRADAR_NEW_DATABASE=true");
    StorageSettings confirmed =
        new StorageSettings(
            folder, settings.database(), settings.databaseUser(), null, null, null, true);
    try (TestDatabase database = TestDatabase.at(confirmed)) {
      assertThat(database.client().sql("select 1").query(Long.class).single()).isEqualTo(1);
    }
  }
}
