package dev.jobradar.server.health;

import dev.jobradar.server.storage.StorageSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Looks at the space that is left where the home folder is. */
@Component
@EnableConfigurationProperties(HealthSettings.class)
class DiskCheck implements HealthCheck {
  private static final long MB = 1024 * 1024;

  private final Path home;
  private final HealthSettings settings;

  DiskCheck(StorageSettings storage, HealthSettings settings) {
    this.home = storage.home().toAbsolutePath();
    this.settings = settings;
  }

  @Override
  public String name() {
    return "disk";
  }

  @Override
  public Finding look() {
    try {
      long left = Files.getFileStore(home).getUsableSpace();
      return left >= settings.diskSpace().toBytes()
          ? Finding.FINE
          : new Finding.Broken(
              "only "
                  + left / MB
                  + " MB are left, "
                  + settings.diskSpace().toMegabytes()
                  + " MB are wanted");
    } catch (IOException e) {
      return new Finding.Broken("the home folder cannot be looked at");
    }
  }
}
