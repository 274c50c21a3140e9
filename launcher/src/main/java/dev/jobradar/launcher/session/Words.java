package dev.jobradar.launcher.session;

import dev.jobradar.telegram.session.SessionFormat;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The words that options take. */
final class Words {
  private Words() {}

  /** The forms by the names that {@code show} prints. */
  static final class Format implements ITypeConverter<SessionFormat> {
    @Override
    public SessionFormat convert(String value) {
      return Stream.of(SessionFormat.values())
          .filter(format -> format.toString().equals(value))
          .findAny()
          .orElseThrow(
              () -> new TypeConversionException("expected one of " + names() + ", got " + value));
    }
  }

  /** The same, for the help page. */
  static final class Formats implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return names().iterator();
    }
  }

  private static List<String> names() {
    return Stream.of(SessionFormat.values()).map(SessionFormat::toString).toList();
  }

  /** An IP address and a port; no names, since session strings hold none. */
  static final class Address implements ITypeConverter<InetSocketAddress> {
    @Override
    public InetSocketAddress convert(String value) {
      int colon = value.lastIndexOf(':');
      try {
        String ip = value.substring(0, Math.max(colon, 0)).replaceAll("^\\[|\\]$", "");
        return new InetSocketAddress(
            InetAddress.ofLiteral(ip), Integer.parseInt(value.substring(colon + 1)));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("expected IP:PORT, such as 127.0.0.1:443, got " + value);
      }
    }
  }
}
