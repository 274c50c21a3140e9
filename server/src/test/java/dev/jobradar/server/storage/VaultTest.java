package dev.jobradar.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {
  private static final Vault VAULT = Vault.create();

  @Test
  void what_was_sealed_opens_in_its_own_context_only() {
    String sealed = VAULT.seal("secret", "session 1");
    assertThat(VAULT.open(sealed, "session 1")).isEqualTo("secret");
    assertThatThrownBy(() -> VAULT.open(sealed, "session 2")).isInstanceOf(StorageException.class);
  }

  @Test
  void the_sealed_text_does_not_show_the_secret_and_never_repeats() {
    String once = VAULT.seal("secret", "c");
    assertThat(once).doesNotContain("secret").isNotEqualTo(VAULT.seal("secret", "c"));
  }

  @Test
  void a_changed_text_does_not_open() {
    String sealed = VAULT.seal("secret", "c");
    char last = sealed.charAt(20) == 'A' ? 'B' : 'A';
    String changed = sealed.substring(0, 20) + last + sealed.substring(21);
    assertThatThrownBy(() -> VAULT.open(changed, "c"))
        .isInstanceOf(StorageException.class)
        .hasMessageNotContaining(sealed);
  }

  @Test
  void other_keys_open_nothing() {
    String sealed = VAULT.seal("secret", "c");
    assertThatThrownBy(() -> Vault.create().open(sealed, "c")).isInstanceOf(StorageException.class);
  }

  @Test
  void after_a_rotation_old_texts_open_and_new_ones_need_the_new_key() {
    String old = VAULT.seal("old", "c");
    Vault rotated = VAULT.rotated();
    assertThat(rotated.open(old, "c")).isEqualTo("old");
    String fresh = rotated.seal("new", "c");
    assertThatThrownBy(() -> VAULT.open(fresh, "c")).isInstanceOf(StorageException.class);
    Vault last = rotated.withoutOldKeys();
    assertThat(last.open(fresh, "c")).isEqualTo("new");
    assertThatThrownBy(() -> last.open(old, "c")).isInstanceOf(StorageException.class);
    assertThat(last.hash("x")).isEqualTo(VAULT.hash("x"));
  }

  @Test
  void keys_are_made_once_and_readable_by_their_owner_alone(@TempDir Path folder) throws Exception {
    StorageSettings settings = new StorageSettings(folder, null, null, null, null, null);
    String sealed = Vault.open(settings).seal("secret", "c");
    assertThat(Vault.open(settings).open(sealed, "c")).isEqualTo("secret");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(settings.keyFileOrDefault())))
        .isEqualTo("rw-------");
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void a_file_that_holds_something_else_is_refused_and_not_shown(@TempDir Path folder)
      throws Exception {
    StorageSettings settings = new StorageSettings(folder, null, null, null, null, null);
    Files.writeString(settings.keyFileOrDefault(), "hunter2.hunter3");
    assertThatThrownBy(() -> Vault.open(settings))
        .isInstanceOf(StorageException.class)
        .hasMessageNotContaining("hunter");
  }
}
