package dev.jobradar.server.signin;

import dev.jobradar.clients.PendingSignIns;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SignInConfiguration {
  @Bean
  TelegramSignIns firstSignIns(PendingSignIns signIns) {
    return TelegramSignIns.of(signIns);
  }
}
