package dev.jobradar.server.web;

import dev.jobradar.server.storage.HomeFolder;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardHost;
import org.apache.coyote.AbstractProtocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * What Tomcat is told beside Spring Boot's settings: its folders are in the home folder, its own
 * errors are problem documents, and it leaves file descriptors to connections with Telegram.
 */
final class TomcatSetup implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
  /** A connection that only waits costs little, and many of them must not keep others out. */
  private static final int MOST_CONNECTIONS = 12_000;

  private static final int LEAST_CONNECTIONS = 50;

  private final HomeFolder home;
  private final String name;
  private final long descriptors;

  /**
   * @param name of its folders
   * @param descriptors how many files and sockets the process may have open
   */
  TomcatSetup(HomeFolder home, String name, long descriptors) {
    this.home = home;
    this.name = name;
    this.descriptors = descriptors;
  }

  /** Half of all descriptors: the others are for Telegram, the database and files. */
  static int mostConnections(long descriptors) {
    return Math.clamp(descriptors / 2, LEAST_CONNECTIONS, MOST_CONNECTIONS);
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.setBaseDirectory(home.work(name + "-tomcat").toFile());
    factory.setDocumentRoot(home.work(name + "-documents").toFile());
    factory.addContextCustomizers(TomcatSetup::useOwnErrors);
    factory.addConnectorCustomizers(connector -> {
      if (connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
        protocol.setMaxConnections(mostConnections(descriptors));
      }
    });
  }

  private static void useOwnErrors(Context context) {
    if (context.getParent() instanceof StandardHost host) {
      host.setErrorReportValveClass(TomcatErrors.class.getName());
      host.getPipeline().addValve(new TomcatErrors());
    }
  }
}
