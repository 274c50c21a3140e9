package dev.jobradar.server.web;

import dev.jobradar.server.storage.HomeFolder;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Has Tomcat keep its folders in the home folder, where they are deleted when it is gone. */
@Component
class TomcatFolders implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
  private final HomeFolder home;

  TomcatFolders(HomeFolder home) {
    this.home = home;
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.setBaseDirectory(home.work("tomcat").toFile());
    factory.setDocumentRoot(home.work("documents").toFile());
  }
}
