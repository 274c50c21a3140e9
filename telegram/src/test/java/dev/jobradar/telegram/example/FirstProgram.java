package dev.jobradar.telegram.example;

import dev.jobradar.telegram.Channel;
import dev.jobradar.telegram.ClientListener;
import dev.jobradar.telegram.HistoryQuery;
import dev.jobradar.telegram.Post;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.telegram.UpdatesListener;
import dev.jobradar.telegram.Watch;
import dev.jobradar.telegram.session.SessionString;
import dev.jobradar.telegram.updates.ChannelPosition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/** Shows a channel's newest posts, leaves a note in Saved Messages, and waits for new posts. */
final class FirstProgram {
  public static void main(String[] args) throws Exception {
    int apiId = Integer.parseInt(System.getenv("TELEGRAM_API_ID"));
    var telegram = TelegramOptions.builder(apiId, System.getenv("TELEGRAM_API_HASH")).build();
    run(telegram, Files.readString(Path.of("my.session")), "telegram");
  }

  static void run(TelegramOptions where, String session, String name) throws Exception {
    var saved = SessionString.parse(session).session();
    try (var client = new TelegramClient(where, saved, ClientListener.NONE)) {
      client.open();
      System.out.println("Signed in as " + client.me().firstName());
      Channel channel = client.channels().resolve(name);
      HistoryQuery newest = HistoryQuery.NEWEST.limit(10);
      for (Post post : client.channels().history(channel.peer(), newest).posts()) {
        System.out.println(post.date() + " " + post.text());
      }
      String note = "I have read " + channel.title();
      client.channels().sendToSelf(note, new SecureRandom().nextLong());
      var watch = Watch.of(channel.peer(), ChannelPosition.NEWEST);
      UpdatesListener listener =
          (id, posts, position) -> posts.forEach(post -> System.out.println("New: " + post.text()));
      client.updates().start(null, List.of(watch), listener);
      Thread.sleep(Duration.ofHours(1));
    }
  }
}
