package dev.jobradar.server.web;

import dev.jobradar.server.storage.HomeFolder;
import org.springframework.context.annotation.Bean;

/**
 * Part of the web server on the management port, which Spring Boot makes apart. Named in META-INF
 * and no component, so that only that one has it.
 */
final class ManagementPort {
  @Bean
  static TomcatSetup managementTomcat(HomeFolder home) {
    return new TomcatSetup(home, "management", FileDescriptors.most());
  }
}
