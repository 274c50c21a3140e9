package dev.jobradar.server;

import java.time.InstantSource;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** The service as a Spring Boot application. */
@SpringBootApplication(proxyBeanMethods = false)
public class JobRadarApplication {
  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }
}
