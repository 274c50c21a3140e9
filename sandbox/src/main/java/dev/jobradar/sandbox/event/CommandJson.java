package dev.jobradar.sandbox.event;

import dev.jobradar.sandbox.fault.StandingFault;
import dev.jobradar.sandbox.feed.FeedClock;
import dev.jobradar.sandbox.world.PostContent;
import java.net.StandardProtocolFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
  private static final int MAX_AUDIENCE = 100_000_000;
  private static final int MAX_PARTS = 10;
  private static final String KNOWN =
      "post, album, edit, delete, webpage, views, make_channel, set_channel, join, leave,"
          + " posts_per_minute, accounts, stats, connections, messages, channel, fault,"
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
          case "post" ->
              new Command.Post(
                  fields.string("channel"),
                  PostJson.readNew(fields),
                  PostJson.by(fields),
                  fields.number("date", 1, Integer.MAX_VALUE, 0));
          case "album" -> new Command.Album(fields.string("channel"), parts(fields));
          case "delete" ->
              new Command.Delete(
                  fields.string("channel"), fields.numbers("ids", 1, Integer.MAX_VALUE));
          case "webpage" ->
              new Command.WebPageCame(
                  fields.string("channel"),
                  fields.number("id", 1, Integer.MAX_VALUE),
                  PostJson.page(fields));
          case "views" ->
              new Command.Views(
                  fields.string("channel"),
                  fields.number("id", 1, Integer.MAX_VALUE),
                  fields.number("views", 1, Integer.MAX_VALUE));
          case "make_channel" ->
              new Command.MakeChannel(
                  fields.optionalString("channel"),
                  fields.number("audience", 0, MAX_AUDIENCE, 0),
                  fields.flag("joined", false),
                  channelChange(fields));
          case "set_channel" ->
              new Command.SetChannel(fields.string("channel"), channelChange(fields));
          case "join", "leave" ->
              new Command.Membership(
                  fields.requiredAccount(), fields.string("channel"), name.equals("join"));
          case "accounts" ->
              new Command.Accounts(
                  fields.number("count", 1, MAX_ACCOUNTS),
                  fields.file("file"),
                  fields.has("as") && fields.oneOf("as", "sessions", "json").equals("json"));
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
                  PostJson.read(fields));
          case "posts_per_minute" ->
              new Command.PostsPerMinute(fields.number("rate", 0, FeedClock.MAX_POSTS_PER_MINUTE));
          case "stop" -> new Command.Stop(fields.number("dc", 1, 9), family(fields));
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

  private static @Nullable StandardProtocolFamily family(Fields fields) {
    if (!fields.has("family")) {
      return null;
    }
    return fields.oneOf("family", "ipv4", "ipv6").equals("ipv4")
        ? StandardProtocolFamily.INET
        : StandardProtocolFamily.INET6;
  }

  /** The posts of an album; each has the number of the album unless it says another. */
  private static List<PostContent> parts(Fields fields) {
    JsonNode list = fields.json("parts");
    if (list == null || !list.isArray() || list.isEmpty() || list.size() > MAX_PARTS) {
      throw new BadCommandException("the field 'parts' must be a list of 1 to " + MAX_PARTS);
    }
    Long album = fields.optionalId("album");
    List<PostContent> parts = new ArrayList<>();
    for (JsonNode each : list) {
      if (!each.isObject()) {
        throw new BadCommandException("each of 'parts' must be an object, as for a post");
      }
      Fields part = new Fields(each);
      PostContent content = PostJson.readNew(part);
      part.end();
      parts.add(album == null || part.has("album") ? content : content.album(album));
    }
    return parts;
  }

  private static Command.ChannelChange channelChange(Fields fields) {
    return new Command.ChannelChange(
        fields.optionalString("title"),
        fields.optionalString("about"),
        fields.has("group") ? fields.flag("group", false) : null,
        fields.has("noforwards") ? fields.flag("noforwards", false) : null,
        fields.optionalString("linked_to"));
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
