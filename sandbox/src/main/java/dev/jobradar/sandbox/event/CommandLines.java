package dev.jobradar.sandbox.event;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads commands from lines and does them one after another. A line that is no command, or a
 * command that fails, becomes an event and nothing else; the end of the stream ends the reading and
 * nothing else.
 */
public final class CommandLines {

  /** Longer lines are refused unread, so that a stream without line ends takes no memory. */
  static final int MAX_LINE = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(CommandLines.class);

  private final Function<Command, Event> commands;
  private final EventListener events;

  /**
   * @param commands does a command and says what came of it; throws {@link BadCommandException}
   *     when it cannot
   */
  public CommandLines(Function<Command, Event> commands, EventListener events) {
    this.commands = commands;
    this.events = events;
  }

  /** Reads to the end of the stream on a daemon thread. */
  public Thread start(InputStream in) {
    return Thread.ofPlatform().name("sandbox-commands").daemon().start(() -> run(in));
  }

  void run(InputStream in) {
    try (Reader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = line(reader); line != null; line = line(reader)) {
        if (line.length() > MAX_LINE) {
          events.on(new Event.Refused("", "a line longer than " + MAX_LINE + " characters"));
        } else if (!line.isBlank()) {
          events.on(done(line));
        }
      }
    } catch (IOException e) {
      LOG.warn("commands can be read no longer", e);
    }
  }

  /** The next line, cut off beyond what is allowed; null at the end. */
  private static @Nullable String line(Reader reader) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = reader.read();
    if (next < 0) {
      return null;
    }
    for (; next >= 0 && next != '\n'; next = reader.read()) {
      if (line.length() <= MAX_LINE) {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  private Event done(String line) {
    try {
      return commands.apply(CommandJson.parse(line));
    } catch (BadCommandException e) {
      return new Event.Refused(CommandJson.nameIn(line), String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.warn("a command failed", e);
      return new Event.Refused(CommandJson.nameIn(line), "it failed: " + e);
    }
  }
}
