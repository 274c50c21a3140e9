package dev.jobradar.sandbox.event;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
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
    String name = string(object, "do");
    return switch (name) {
      case "post" -> {
        only(object, Set.of("do", "channel", "text"));
        yield new Command.Post(string(object, "channel"), string(object, "text"));
      }
      case "accounts" -> {
        only(object, Set.of("do", "count", "file"));
        yield new Command.Accounts(count(object), file(object));
      }
      case "stats" -> {
        only(object, Set.of("do"));
        yield new Command.Stats();
      }
      default ->
          throw new BadCommandException(
              "unknown command '" + name + "'; known: post, accounts, stats");
    };
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

  private static void only(JsonNode object, Set<String> known) {
    for (String field : object.propertyNames()) {
      if (!known.contains(field)) {
        throw new BadCommandException("unknown field '" + field + "'");
      }
    }
  }

  private static String string(JsonNode object, String field) {
    @Nullable JsonNode value = object.get(field);
    if (value == null || !value.isString() || value.stringValue().isBlank()) {
      throw new BadCommandException("the field '" + field + "' must be a text that is not empty");
    }
    return value.stringValue();
  }

  private static int count(JsonNode object) {
    @Nullable JsonNode value = object.get("count");
    if (value == null
        || !value.isInt()
        || value.intValue() < 1
        || value.intValue() > MAX_ACCOUNTS) {
      throw new BadCommandException("the field 'count' must be a number from 1 to " + MAX_ACCOUNTS);
    }
    return value.intValue();
  }

  private static Path file(JsonNode object) {
    try {
      return Path.of(string(object, "file"));
    } catch (InvalidPathException e) {
      throw new BadCommandException("the field 'file' is not a path");
    }
  }
}
