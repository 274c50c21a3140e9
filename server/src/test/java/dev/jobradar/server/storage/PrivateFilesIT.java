package dev.jobradar.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Who may open what we write. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class PrivateFilesIT {
  @TempDir Path folder;

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void permit(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void everything_that_is_made_is_for_its_owner_alone() throws Exception {
    Path home = folder.resolve("some/home");
    StorageSettings settings = TestDatabase.newSettings(Vendor.SQLITE, home);
    try (HomeFolder made = HomeFolder.open(settings);
        InstanceLock lock = InstanceLock.take(settings);
        TestDatabase database = TestDatabase.at(settings)) {
      assertThat(lock.held()).isTrue();
      database.client().sql("create table written (id integer)").update();
      Vault.open(settings);
      for (Path each : List.of(home, home.getParent(), home.resolve("tmp"), made.work("some"))) {
        assertThat(permissions(each)).as(each.toString()).isEqualTo("rwx------");
      }
      for (String name :
          List.of(
              "jobradar.db",
              "jobradar.db-wal",
              "jobradar.db-shm",
              "jobradar.db.lock",
              "secret.key")) {
        assertThat(permissions(home.resolve(name))).as(name).isEqualTo("rw-------");
      }
    }
  }

  @Test
  void a_database_that_others_could_read_is_made_private() throws Exception {
    Path file = folder.resolve("jobradar.db");
    for (String name : List.of("jobradar.db", "jobradar.db-wal")) {
      permit(Files.createFile(folder.resolve(name)), "rw-r--r--");
    }
    SqliteFile.makePrivate("jdbc:sqlite:" + file);
    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThat(permissions(folder.resolve("jobradar.db-wal"))).isEqualTo("rw-------");
  }

  @Test
  void a_home_folder_that_others_can_open_is_refused() throws Exception {
    for (String loose : List.of("rwxr-xr-x", "rwx-----x", "rwxrwx---")) {
      permit(folder, loose);
      assertThatThrownBy(() -> HomeFolder.open(TestDatabase.newSettings(Vendor.SQLITE, folder)))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("chmod 700 " + folder)
          .hasMessageContaining(loose);
    }
    permit(folder, "rwx------");
  }

  @Test
  void keys_that_others_can_read_are_refused() throws Exception {
    StorageSettings settings = TestDatabase.newSettings(Vendor.SQLITE, folder);
    Vault.open(settings);
    Path file = settings.keyFileOrDefault();
    for (String loose : List.of("rw-rw-rw-", "rw-r-----", "rw----r--", "rw-----w-")) {
      permit(file, loose);
      assertThatThrownBy(() -> Vault.open(settings))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("chmod 600 " + file)
          .hasMessageContaining(loose);
    }
    permit(file, "r--------");
    assertThat(Vault.open(settings).keys()).isNotBlank();
  }

  @Test
  void what_processes_left_behind_is_deleted_and_what_others_use_is_not() throws Exception {
    StorageSettings settings = TestDatabase.newSettings(Vendor.SQLITE, folder);
    Path all = Files.createDirectories(folder.resolve("tmp"));
    Path dead = Files.createDirectories(all.resolve("99999999/tomcat"));
    Files.createFile(dead.resolve("left.so"));
    Path alive = Files.createDirectories(all.resolve("1/tomcat"));
    Path ours = Files.createDirectories(all.resolve(ProcessHandle.current().pid() + "/tomcat"));
    Files.createFile(ours.resolve("left.so"));
    try (HomeFolder home = HomeFolder.open(settings)) {
      assertThat(dead).doesNotExist();
      assertThat(ours).doesNotExist();
      assertThat(alive).exists();
      assertThat(home.work("native")).isDirectory();
    }
    assertThat(all.resolve(Long.toString(ProcessHandle.current().pid()))).doesNotExist();
  }
}
