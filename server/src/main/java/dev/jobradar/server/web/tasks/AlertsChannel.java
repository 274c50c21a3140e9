package dev.jobradar.server.web.tasks;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * What a request says of the channel that a task's leads are sent to; null when it says nothing.
 *
 * @param written a name, as it was written; null when none was
 * @param on yes or no without a name, as old scripts say; null when that was not said either, which
 *     means no channel
 */
@Schema(
    implementation = String.class,
    description = "The name of a channel; null, an empty text or false for none")
@JsonDeserialize(using = AlertsChannel.Reader.class)
public record AlertsChannel(@Nullable String written, @Nullable Boolean on) {
  /** No channel. */
  public static final AlertsChannel NONE = new AlertsChannel(null, null);

  /** The channel of that name as it was written; none when it is blank. */
  public static AlertsChannel of(String written) {
    String name = written.strip();
    return name.isEmpty() ? NONE : new AlertsChannel(name, null);
  }

  /** Reads a name (a number too, to be refused in words), {@code true}, {@code false} or null. */
  static final class Reader extends ValueDeserializer<AlertsChannel> {
    @Override
    public @Nullable AlertsChannel deserialize(JsonParser json, DeserializationContext context) {
      if (ListOrText.isText(json)) {
        return of(json.getString());
      }
      if (json.hasToken(JsonToken.VALUE_TRUE) || json.hasToken(JsonToken.VALUE_FALSE)) {
        return new AlertsChannel(null, json.getBooleanValue());
      }
      return context.reportInputMismatch(
          AlertsChannel.class, "neither a channel's name nor yes or no");
    }

    @Override
    public AlertsChannel getNullValue(DeserializationContext context) {
      return NONE;
    }

    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
      return null;
    }
  }
}
