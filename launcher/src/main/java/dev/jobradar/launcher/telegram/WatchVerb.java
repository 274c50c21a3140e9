package dev.jobradar.launcher.telegram;

import dev.jobradar.telegram.Channel;
import dev.jobradar.telegram.TelegramClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code telegram watch NAME…}. */
@Command(
    name = "watch",
    description = {
      "Prints new posts of channels as they arrive, one line each, until SIGTERM or Ctrl-C.",
      "",
      "Posts of joined channels are pushed; up to ten other channels are polled. A line says which."
    })
final class WatchVerb extends Verb {
  @Parameters(paramLabel = "NAME", arity = "1..*", description = "With or without @.")
  List<String> names = List.of();

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long to watch (default: until stopped).")
  @Nullable Integer seconds;

  @Option(
      names = "--position",
      paramLabel = "FILE",
      description =
          "File that stores the position, so that the next watch continues after the last post"
              + " shown.")
  @Nullable Path position;

  @Override
  void run(Account account, JsonLines out) throws IOException, InterruptedException {
    if (seconds != null && seconds < 1) {
      throw new ParameterException(spec.commandLine(), "--seconds is 1 or more, got " + seconds);
    }
    TelegramClient client = account.signedIn();
    Map<Long, String> watched = new LinkedHashMap<>();
    PositionFile positions = PositionFile.read(position, client.me().id());
    try (Watching watching = new Watching(client, out, positions, watched)) {
      for (String name : names) {
        String plain = Names.plain(name);
        Channel channel = client.channels().resolve(plain);
        if (watched.putIfAbsent(channel.peer().id(), plain) == null) {
          watching.add(channel.peer());
        }
      }
      watching.run(seconds == null ? null : Duration.ofSeconds(seconds));
    }
  }
}
