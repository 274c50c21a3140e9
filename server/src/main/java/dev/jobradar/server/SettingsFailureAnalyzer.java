package dev.jobradar.server;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.util.unit.DataSize;

/**
 * Lets a start that fails for a setting end in one line that says what is allowed, by the name that
 * the setting has in the environment. Values are not shown: some are secrets.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SettingsFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
    return new FailureAnalysis(words(cause), null, cause);
  }

  static String words(BindException failure) {
    Throwable root = failure;
    BindException inner = failure;
    while (root.getCause() != null) {
      root = root.getCause();
      if (root instanceof BindException bind) {
        inner = bind;
      }
    }
    String message = root.getMessage();
    // Our settings say themselves what they may be.
    if (root instanceof IllegalArgumentException
        && message != null
        && message.matches("(?s)(JOBRADAR|TELEGRAM)_[A-Z_]+\\b.*")) {
      return message;
    }
    return environmentName(inner.getName().toString())
        + " is "
        + wanted(inner.getTarget().getType());
  }

  /** Such as {@code JOBRADAR_TELEGRAM_DIALS_AT_ONCE}. */
  private static String environmentName(String property) {
    return property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
  }

  private static String wanted(ResolvableType type) {
    @Nullable Class<?> plain = type.resolve();
    if (plain == null) {
      return "set to something that it cannot be";
    }
    if (plain == boolean.class || plain == Boolean.class) {
      return "true or false";
    }
    if (plain.isPrimitive() || Number.class.isAssignableFrom(plain)) {
      return "a whole number";
    }
    if (plain == Duration.class) {
      return "a time such as 30s, 10m or 7d";
    }
    if (plain == DataSize.class) {
      return "a size such as 100MB";
    }
    if (plain == Path.class) {
      return "a path";
    }
    if (plain == InetAddress.class) {
      return "an IP address or a host name";
    }
    if (plain.isEnum()) {
      return "one of "
          + java.util.Arrays.toString(plain.getEnumConstants()).toLowerCase(Locale.ROOT);
    }
    return "set to something that it cannot be";
  }
}
