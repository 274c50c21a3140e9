package dev.jobradar.launcher.telegram;

import dev.jobradar.telegram.Channel;
import dev.jobradar.telegram.Me;
import dev.jobradar.telegram.Post;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes answers, one JSON object a line. */
final class JsonLines {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final PrintWriter out;

  JsonLines(PrintWriter out) {
    this.out = out;
  }

  /** One object; a field without a value is left out. */
  static final class Line {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    Line with(String name, @Nullable Object value) {
      if (value != null) {
        fields.put(name, value instanceof Instant time ? time.toString() : value);
      }
      return this;
    }
  }

  static Line line() {
    return new Line();
  }

  static Line event(String name) {
    return new Line().with("event", name);
  }

  synchronized void print(Line line) {
    out.println(MAPPER.writeValueAsString(line.fields));
    out.flush();
  }

  /** Whether what was printed did not arrive. */
  synchronized boolean broken() {
    return out.checkError();
  }

  static Line of(Me me) {
    return line()
        .with("id", me.id())
        .with("first_name", me.firstName())
        .with("last_name", me.lastName())
        .with("username", me.username())
        .with("phone", me.phone());
  }

  static Line of(Channel channel) {
    return line()
        .with("id", channel.peer().id())
        .with("username", channel.username())
        .with("title", channel.title())
        .with("kind", channel.kind() == Channel.Kind.BROADCAST ? "channel" : "group")
        .with("members", channel.memberCount() < 0 ? null : channel.memberCount())
        .with("joined", channel.joined());
  }

  /**
   * @param name the channel's public name
   */
  static Line of(Post post, String name) {
    return line()
        .with("channel", name)
        .with("id", post.id())
        .with("date", post.date())
        .with("edit_date", post.editDate())
        .with("text", post.text())
        .with("link", "https://t.me/" + name + "/" + post.id());
  }
}
