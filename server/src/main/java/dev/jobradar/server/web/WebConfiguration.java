package dev.jobradar.server.web;

import dev.jobradar.server.storage.HomeFolder;
import java.time.InstantSource;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts together what controllers have in common. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebSettings.class)
class WebConfiguration implements WebMvcConfigurer {
  private final InstantSource clock;
  private final TelegramBudget telegram;

  WebConfiguration(InstantSource clock, TelegramBudget telegram) {
    this.clock = clock;
    this.telegram = telegram;
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(new CurrentUserResolver());
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new CallBudget(clock));
    registry.addInterceptor(new PlanCheck(clock));
    registry.addInterceptor(telegram);
  }

  /** Spring asks for it by this name. */
  @Bean
  static LocaleResolver localeResolver() {
    return new UserLocale();
  }

  @Bean
  static FilterRegistrationBean<RequestIdFilter> requestIds() {
    var registration = new FilterRegistrationBean<>(new RequestIdFilter());
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }

  @Bean
  static FilterRegistrationBean<FailureFilter> failures(
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver resolver) {
    var registration = new FilterRegistrationBean<>(new FailureFilter(resolver));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
    return registration;
  }

  @Bean
  static TomcatSetup tomcatSetup(HomeFolder home) {
    long descriptors = FileDescriptors.most();
    FileDescriptors.warnOfFew(descriptors);
    return new TomcatSetup(home, "service", descriptors);
  }

  @Bean
  static FilterRegistrationBean<BodyLimitFilter> bodyLimit(
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver resolver) {
    var registration = new FilterRegistrationBean<>(new BodyLimitFilter(resolver));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
    return registration;
  }
}
