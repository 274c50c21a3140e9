package dev.jobradar.server;

import dev.jobradar.server.pacing.ServiceClock;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The service as a Spring Boot application. */
@SpringBootApplication(proxyBeanMethods = false)
public class JobRadarApplication {
  @Bean
  @ConditionalOnMissingBean
  ServiceClock clock() {
    return ServiceClock.system();
  }
}
