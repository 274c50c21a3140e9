package dev.jobradar.server.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out stack traces that were just logged. Whoever finds a request that fails could else fill
 * the disk with them; the line itself, with its number, is always logged.
 *
 * <p>Two traces are the same when their exceptions' types and frames are, whatever the messages
 * say. Thread-safe.
 */
final class RepeatedTraces {
  /** How often a trace is logged in full at most. */
  static final Duration WINDOW = Duration.ofMinutes(1);

  private static final int REMEMBERED = 1_000;

  private static final class Seen {
    final long since;
    int times;

    Seen(long since) {
      this.since = since;
    }
  }

  /** Guarded by this; the oldest is forgotten first. */
  private final Map<Long, Seen> seen =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Seen> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** The event itself, or the same without its stack trace. */
  ILoggingEvent fold(ILoggingEvent event) {
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown == null) {
      return event;
    }
    int times = count(signature(thrown), event.getTimeStamp());
    return times == 1 ? event : withoutTrace(event, thrown, times);
  }

  private synchronized int count(long signature, long now) {
    Seen known = seen.get(signature);
    if (known == null || Math.abs(now - known.since) >= WINDOW.toMillis()) {
      seen.remove(signature);
      known = new Seen(now);
      seen.put(signature, known);
    }
    known.times++;
    return known.times;
  }

  private static long signature(IThrowableProxy thrown) {
    long hash = 17;
    int depth = 0;
    for (IThrowableProxy each = thrown; each != null && depth < 10; each = each.getCause()) {
      hash = hash * 31 + each.getClassName().hashCode();
      for (StackTraceElementProxy frame : each.getStackTraceElementProxyArray()) {
        hash = hash * 31 + frame.getStackTraceElement().hashCode();
      }
      depth++;
    }
    return hash;
  }

  private static ILoggingEvent withoutTrace(
      ILoggingEvent event, IThrowableProxy thrown, int times) {
    String message =
        event.getFormattedMessage()
            + " ("
            + thrown.getClassName()
            + ", the trace is above; "
            + times
            + " times within a minute)";
    return (ILoggingEvent)
        Proxy.newProxyInstance(
            ILoggingEvent.class.getClassLoader(),
            new Class<?>[] {ILoggingEvent.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getThrowableProxy" -> null;
                  case "getFormattedMessage", "getMessage" -> message;
                  default -> call(event, method, arguments);
                });
  }

  private static @Nullable Object call(
      ILoggingEvent event, java.lang.reflect.Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(event, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
