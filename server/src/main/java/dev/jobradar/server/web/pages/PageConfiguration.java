package dev.jobradar.server.web.pages;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.thymeleaf.spring6.SpringTemplateEngine;

/** Puts together what pages have in common. */
@Configuration(proxyBeanMethods = false)
class PageConfiguration {
  /** Before the engine's first page. */
  @Bean
  static SmartInitializingSingleton textsOfPages(
      ObjectProvider<SpringTemplateEngine> engine, PageTexts texts) {
    return () -> engine.getObject().setTemplateEngineMessageSource(texts.source());
  }
}
