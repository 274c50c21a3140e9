package dev.jobradar.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says; Maven writes the number when it builds. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    Properties build = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("build.properties")) {
      build.load(Objects.requireNonNull(in, "build.properties is not in the jar"));
    }
    return new String[] {
      "jobradar " + build.getProperty("version"), "Java " + Runtime.version(),
    };
  }
}
