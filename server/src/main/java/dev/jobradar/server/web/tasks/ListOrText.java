package dev.jobradar.server.web.tasks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/**
 * Reads a list from a JSON array of texts, or from one text that {@link Lists} takes apart. Numbers
 * count as texts, so that a channel's number gets the message that a name is needed.
 */
abstract class ListOrText extends ValueDeserializer<List<String>> {
  private final Function<String, List<String>> split;

  private ListOrText(Function<String, List<String>> split) {
    this.split = split;
  }

  /** Of groups of words. */
  static final class Keywords extends ListOrText {
    Keywords() {
      super(Lists::keywords);
    }
  }

  /** Of sources. */
  static final class Names extends ListOrText {
    Names() {
      super(Lists::names);
    }
  }

  @Override
  public @Nullable List<String> deserialize(JsonParser json, DeserializationContext context) {
    if (isText(json)) {
      return split.apply(json.getString());
    }
    if (!json.isExpectedStartArrayToken()) {
      return reportWrong(context);
    }
    List<String> items = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (!isText(json)) {
        return reportWrong(context);
      }
      String item = json.getString().strip();
      if (!item.isEmpty()) {
        items.add(item);
      }
    }
    return items;
  }

  static boolean isText(JsonParser json) {
    return json.hasToken(JsonToken.VALUE_STRING)
        || json.hasToken(JsonToken.VALUE_NUMBER_INT)
        || json.hasToken(JsonToken.VALUE_NUMBER_FLOAT);
  }

  private @Nullable List<String> reportWrong(DeserializationContext context) {
    return context.reportInputMismatch(List.class, "neither a list of texts nor a text");
  }
}
