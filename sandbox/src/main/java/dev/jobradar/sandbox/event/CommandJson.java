package dev.jobradar.sandbox.event;

import dev.jobradar.sandbox.fault.StandingFault;
import dev.jobradar.sandbox.feed.FeedClock;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Commands from lines of JSON. */
public final class CommandJson {

  /** The most accounts that one command makes. */
  static final int MAX_ACCOUNTS = 100_000;

  private static final int MAX_TIMES = 1_000_000_000;
  private static final int MAX_SECONDS = 7 * 86_400;
  private static final int MAX_MESSAGES = 10_000;
  private static final String KNOWN =
      "post, edit, posts_per_minute, accounts, stats, connections, messages, channel, fault,"
          + " faults, clear, drop, stop, start, restart, revoke, move, new_session,"
          + " updates_too_long, pts, rename, swap_names";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private CommandJson() {}

  /**
   * Reads a command.
   *
   * @throws BadCommandException when the line is none, lacks a field or has one that is not known
   */
  public static Command parse(String line) {
    JsonNode object = tree(line);
    if (!object.isObject()) {
      throw new BadCommandException("a command is a JSON object such as {\"do\":\"stats\"}");
    }
    Fields fields = new Fields(object);
    String name = fields.string("do");
    Command command =
        switch (name) {
          case "post" -> new Command.Post(fields.string("channel"), fields.string("text"));
          case "accounts" ->
              new Command.Accounts(fields.number("count", 1, MAX_ACCOUNTS), fields.file("file"));
          case "stats" -> new Command.Stats();
          case "fault" ->
              new Command.SetFault(
                  FaultJson.read(fields),
                  fields.faultTarget(),
                  fields.number("times", 1, MAX_TIMES, StandingFault.ALWAYS),
                  Duration.ofSeconds(fields.number("for_seconds", 1, MAX_SECONDS, 0)));
          case "rename" ->
              new Command.Rename(
                  fields.string("channel"), fields.strings("names"), fields.strings("inactive"));
          case "swap_names" ->
              new Command.SwapNames(fields.string("channel"), fields.string("with"));
          case "pts" ->
              new Command.SetPts(
                  fields.accountOrChannel(), fields.number("pts", 1, Integer.MAX_VALUE));
          case "faults" -> new Command.ListFaults();
          case "clear" -> new Command.ClearFaults(fields.number("id", 1, Integer.MAX_VALUE, 0));
          case "drop" ->
              new Command.Drop(
                  fields.target(),
                  fields.has("how") && fields.oneOf("how", "fin", "rst").equals("rst"));
          case "edit" ->
              new Command.Edit(
                  fields.string("channel"),
                  fields.number("id", 1, Integer.MAX_VALUE),
                  fields.string("text"));
          case "posts_per_minute" ->
              new Command.PostsPerMinute(fields.number("rate", 0, FeedClock.MAX_POSTS_PER_MINUTE));
          case "stop" -> new Command.Stop(fields.number("dc", 1, 9));
          case "start" -> new Command.Start(fields.number("dc", 1, 9));
          case "restart" -> new Command.Restart(fields.number("dc", 1, 9));
          case "revoke" ->
              new Command.Revoke(
                  fields.requiredTarget(),
                  fields.number("code", 400, 499, 401),
                  fields.errorName("error", "SESSION_REVOKED"));
          case "move" -> new Command.Move(fields.requiredAccount(), fields.number("dc", 1, 9));
          case "new_session" -> new Command.NewSession(fields.target());
          case "updates_too_long" -> new Command.UpdatesTooLong(fields.target());
          case "messages" ->
              new Command.Messages(
                  fields.requiredAccount(),
                  fields.optionalId("peer"),
                  fields.number("limit", 1, MAX_MESSAGES, 100));
          case "channel" -> new Command.Channel(fields.string("channel"));
          case "connections" -> new Command.Connections(fields.account());
          default ->
              throw new BadCommandException("unknown command '" + name + "'; known: " + KNOWN);
        };
    fields.end();
    return command;
  }

  /** What a line wants done, as far as that can be read; empty when it cannot. */
  public static String nameIn(String line) {
    try {
      JsonNode name = tree(line).get("do");
      return name != null && name.isString() ? name.stringValue() : "";
    } catch (BadCommandException e) {
      return "";
    }
  }

  private static JsonNode tree(String line) {
    try {
      return MAPPER.readTree(line);
    } catch (JacksonException e) {
      throw new BadCommandException("not JSON: " + e.getOriginalMessage());
    }
  }
}
