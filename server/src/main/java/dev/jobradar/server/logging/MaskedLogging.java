package dev.jobradar.server.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import java.util.Iterator;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Has all that is logged pass {@link PhoneMask}, as soon as Spring Boot has set logging up.
 *
 * <p>A safety net: our own lines name users by their ids. But what a library puts into a message or
 * an exception is not in our hands.
 */
final class MaskedLogging
    implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
  @Override
  public int getOrder() {
    return LoggingApplicationListener.DEFAULT_ORDER + 1;
  }

  @Override
  public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
    // Commands log by another library.
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      for (Logger logger : context.getLoggerList()) {
        Iterator<Appender<ILoggingEvent>> appenders = logger.iteratorForAppenders();
        while (appenders.hasNext()) {
          if (appenders.next() instanceof OutputStreamAppender<ILoggingEvent> writing) {
            mask(writing);
          }
        }
      }
    }
  }

  private static void mask(OutputStreamAppender<ILoggingEvent> appender) {
    if (!(appender.getEncoder() instanceof MaskingEncoder)) {
      appender.setEncoder(new MaskingEncoder(appender.getEncoder()));
    }
  }
}
