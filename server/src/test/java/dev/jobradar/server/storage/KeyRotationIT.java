package dev.jobradar.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Vendor.class)
@Timeout(60)
class KeyRotationIT {
  private final TestDatabase database;

  KeyRotationIT(Vendor vendor) {
    database = TestDatabase.open(vendor);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void store(Vault vault, int user) {
    database
        .client()
        .sql("insert into users (id, phone, created_at, updated_at) values (?, '7', 0, 0)")
        .param(user)
        .update();
    database
        .client()
        .sql("insert into telegram_sessions (user_id, sealed, updated_at) values (?, ?, 0)")
        .params(user, vault.seal("secret " + user, KeyRotation.sessionContext(user)))
        .update();
  }

  private String stored(int user) {
    return database
        .client()
        .sql("select sealed from telegram_sessions where user_id = ?")
        .param(user)
        .query(String.class)
        .single();
  }

  @Test
  void every_session_is_readable_with_the_new_key_and_no_longer_with_the_old() {
    Vault before = Vault.open(database.settings());
    store(before, 1);
    store(before, 2);
    assertThat(KeyRotation.rotate(database.settings())).isEqualTo(2);
    Vault after = Vault.open(database.settings());
    assertThat(after.open(stored(2), KeyRotation.sessionContext(2))).isEqualTo("secret 2");
    assertThatThrownBy(() -> before.open(stored(2), KeyRotation.sessionContext(2)))
        .isInstanceOf(StorageException.class);
  }

  @Test
  void one_that_was_cut_off_half_way_is_ended_by_the_next() throws Exception {
    Vault before = Vault.open(database.settings());
    store(before, 1);
    store(before, 2);
    Vault both = before.rotated();
    both.write(database.settings().keyFileOrDefault());
    database
        .client()
        .sql("update telegram_sessions set sealed = ? where user_id = 1")
        .param(both.seal("secret 1", KeyRotation.sessionContext(1)))
        .update();
    assertThat(KeyRotation.rotate(database.settings())).isEqualTo(2);
    Vault after = Vault.open(database.settings());
    assertThat(after.open(stored(1), KeyRotation.sessionContext(1))).isEqualTo("secret 1");
    assertThat(after.open(stored(2), KeyRotation.sessionContext(2))).isEqualTo("secret 2");
  }

  @Test
  void nothing_is_changed_while_jobradar_runs() throws Exception {
    Vault.open(database.settings());
    String keys = Files.readString(database.settings().keyFileOrDefault());
    try (InstanceLock running = InstanceLock.take(database.settings())) {
      assertThat(running.held()).isTrue();
      assertThatThrownBy(() -> KeyRotation.rotate(database.settings()))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("another JobRadar");
    }
    assertThat(Files.readString(database.settings().keyFileOrDefault())).isEqualTo(keys);
  }

  @Test
  void a_wrong_home_folder_is_told_and_nothing_is_made_there() {
    StorageSettings there = database.settings();
    Path elsewhere = there.home().resolve("elsewhere");
    StorageSettings settings =
        new StorageSettings(
            elsewhere,
            there.database(),
            there.databaseUser(),
            there.databasePassword(),
            null,
            null);
    assertThatThrownBy(() -> KeyRotation.rotate(settings))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("no key file");
    assertThat(elsewhere).doesNotExist();
  }

  @Test
  void keys_are_made_where_nothing_is_encrypted_yet() {
    Vault fresh = StoredSecrets.vaultFor(database.settings(), database.client());
    assertThat(fresh.keys()).isEqualTo(Vault.open(database.settings()).keys());
    store(fresh, 1);
    assertThat(StoredSecrets.vaultFor(database.settings(), database.client()).keys())
        .isEqualTo(fresh.keys());
  }

  @Test
  void no_new_keys_are_made_when_those_of_stored_sessions_are_missing() throws Exception {
    store(Vault.open(database.settings()), 1);
    Path file = database.settings().keyFileOrDefault();
    Files.delete(file);
    assertThatThrownBy(() -> StoredSecrets.vaultFor(database.settings(), database.client()))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("is missing");
    assertThat(file).doesNotExist();
  }

  @Test
  void other_keys_than_those_of_stored_sessions_are_refused() throws Exception {
    store(Vault.open(database.settings()), 1);
    Vault.create().write(database.settings().keyFileOrDefault());
    assertThatThrownBy(() -> StoredSecrets.vaultFor(database.settings(), database.client()))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("are not those");
  }
}
