package dev.jobradar.telegram.example;

import dev.jobradar.telegram.Channel;
import dev.jobradar.telegram.ClientListener;
import dev.jobradar.telegram.HistoryQuery;
import dev.jobradar.telegram.Post;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.telegram.session.SessionString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** Shows the newest posts of a channel and leaves a note in Saved Messages. */
final class FirstProgram {
  public static void main(String[] args) throws Exception {
    int apiId = Integer.parseInt(System.getenv("TELEGRAM_API_ID"));
    var telegram = TelegramOptions.builder(apiId, System.getenv("TELEGRAM_API_HASH")).build();
    run(telegram, Files.readString(Path.of("my.session")), "telegram");
  }

  static void run(TelegramOptions where, String session, String name) throws InterruptedException {
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
    }
  }
}
