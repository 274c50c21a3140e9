package dev.jobradar.sandbox.event;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a command, each asked for by name. A field that nobody has asked for is one too
 * many. Not thread-safe.
 */
final class Fields {
  private final JsonNode object;
  private final Set<String> asked = new HashSet<>();

  Fields(JsonNode object) {
    this.object = object;
  }

  /**
   * To be called last.
   *
   * @throws BadCommandException when there are fields that were not asked for
   */
  void end() {
    for (String field : object.propertyNames()) {
      if (!asked.contains(field)) {
        throw new BadCommandException("unknown field '" + field + "'");
      }
    }
  }

  private @Nullable JsonNode get(String field) {
    asked.add(field);
    return object.get(field);
  }

  boolean has(String field) {
    return get(field) != null;
  }

  /** What a field holds, whatever that is; null when it is not there. */
  @Nullable JsonNode json(String field) {
    return get(field);
  }

  /** The fields in a field; null when it is not there. To be ended by itself. */
  @Nullable Fields object(String field) {
    JsonNode value = get(field);
    if (value != null && !value.isObject()) {
      throw new BadCommandException("the field '" + field + "' must be an object");
    }
    return value == null ? null : new Fields(value);
  }

  /** The names of all fields. */
  List<String> names() {
    return List.copyOf(object.propertyNames());
  }

  /** A text that may be empty. */
  String text(String field) {
    JsonNode value = get(field);
    if (value == null || !value.isString()) {
      throw new BadCommandException("the field '" + field + "' must be a text");
    }
    return value.stringValue();
  }

  String string(String field) {
    JsonNode value = get(field);
    if (value == null || !value.isString() || value.stringValue().isBlank()) {
      throw new BadCommandException("the field '" + field + "' must be a text that is not empty");
    }
    return value.stringValue();
  }

  @Nullable String optionalString(String field) {
    return has(field) ? string(field) : null;
  }

  /** Numbers from {@code least} to {@code most}, both included. */
  List<Integer> numbers(String field, int least, int most) {
    JsonNode value = get(field);
    List<Integer> numbers = new ArrayList<>();
    if (value != null && value.isArray()) {
      value.forEach(each -> numbers.add(each.isInt() ? each.intValue() : least - 1));
    }
    if (numbers.isEmpty() || numbers.stream().anyMatch(each -> each < least || each > most)) {
      throw new BadCommandException(
          "the field '" + field + "' must be a list of numbers from " + least + " to " + most);
    }
    return numbers;
  }

  /** Texts; none when the field is not there. */
  List<String> strings(String field) {
    JsonNode value = get(field);
    List<String> texts = new ArrayList<>();
    if (value == null) {
      return texts;
    }
    if (!value.isArray()) {
      throw new BadCommandException("the field '" + field + "' must be a list of texts");
    }
    for (JsonNode each : value) {
      if (!each.isString()) {
        throw new BadCommandException("the field '" + field + "' must be a list of texts");
      }
      texts.add(each.stringValue());
    }
    return texts;
  }

  /** One of these words. */
  String oneOf(String field, String... words) {
    String value = string(field);
    if (!Set.of(words).contains(value)) {
      throw new BadCommandException(
          "the field '" + field + "' must be one of " + String.join(", ", words));
    }
    return value;
  }

  /** A number from {@code least} to {@code most}, both included. */
  int number(String field, int least, int most) {
    JsonNode value = get(field);
    if (value == null || !value.isInt() || value.intValue() < least || value.intValue() > most) {
      throw new BadCommandException(
          "the field '" + field + "' must be a number from " + least + " to " + most);
    }
    return value.intValue();
  }

  int number(String field, int least, int most, int otherwise) {
    return has(field) ? number(field, least, most) : otherwise;
  }

  boolean flag(String field, boolean otherwise) {
    JsonNode value = get(field);
    if (value == null) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw new BadCommandException("the field '" + field + "' must be true or false");
    }
    return value.booleanValue();
  }

  /** A number of Telegram's; null when it is not there. */
  @Nullable Long optionalId(String field) {
    JsonNode value = get(field);
    if (value == null) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() <= 0) {
      throw new BadCommandException("the field '" + field + "' must be a number above 0");
    }
    return value.longValue();
  }

  /** A key's id as events show it, sixteen hexadecimal digits; null when it is not there. */
  @Nullable Long optionalKeyId(String field) {
    if (!has(field)) {
      return null;
    }
    String value = string(field);
    if (!value.matches("[0-9a-f]{16}")) {
      throw new BadCommandException(
          "the field '" + field + "' must be sixteen hexadecimal digits, as events show them");
    }
    return Long.parseUnsignedLong(value, 16);
  }

  Path file(String field) {
    try {
      return Path.of(string(field));
    } catch (InvalidPathException e) {
      throw new BadCommandException("the field '" + field + "' is not a path");
    }
  }

  /** The target of the command, without a method. */
  CommandTarget target() {
    return new CommandTarget(
        optionalKeyId("auth_key_id"),
        optionalId("user_id"),
        optionalString("phone"),
        number("dc", 1, 9, 0),
        null,
        null);
  }

  /** Which account the command is meant for, if any one. */
  CommandTarget account() {
    return new CommandTarget(null, optionalId("user_id"), optionalString("phone"), 0, null, null);
  }

  /** Which account the command is meant for. */
  CommandTarget requiredAccount() {
    CommandTarget target = account();
    if (target.userId() == null && target.phone() == null) {
      throw new BadCommandException("name an account by 'user_id' or 'phone'");
    }
    return target;
  }

  /** Which channel or, without one, which account the command is meant for. */
  CommandTarget accountOrChannel() {
    String channel = optionalString("channel");
    return channel == null
        ? requiredAccount()
        : new CommandTarget(null, null, null, 0, null, channel);
  }

  /** Which account or which key the command is meant for. */
  CommandTarget requiredTarget() {
    Long key = optionalKeyId("auth_key_id");
    return key == null ? requiredAccount() : new CommandTarget(key, null, null, 0, null, null);
  }

  /** The name of an error. */
  String errorName(String field, String otherwise) {
    String name = has(field) ? string(field) : otherwise;
    if (!name.matches("[A-Z0-9_]{1,128}")) {
      throw new BadCommandException(
          "the field '" + field + "' must be a name in capitals, such as SESSION_REVOKED");
    }
    return name;
  }

  /** The target of a fault, with a method and a channel. */
  CommandTarget faultTarget() {
    CommandTarget target = target();
    return new CommandTarget(
        target.authKeyId(),
        target.userId(),
        target.phone(),
        target.dc(),
        optionalString("method"),
        optionalString("channel"));
  }
}
