package dev.jobradar.sandbox.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.jobradar.sandbox.world.Change;
import dev.jobradar.tl.TlObject;
import dev.jobradar.tl.TlReader;
import dev.jobradar.tl.api.Message;
import dev.jobradar.tl.api.TypeMessage;
import dev.jobradar.tl.api.TypeMessageAction;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Changes as JSON, named by their records and the records' fields. */
final class ChangeJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addMixIn(Change.class, Named.class)
          .addModule(
              new SimpleModule()
                  .addSerializer(TlObject.class, new Written())
                  .addDeserializer(
                      Message.class,
                      new Read<>(in -> (Message) TypeMessage.readFrom(in), Message.class))
                  .addDeserializer(
                      TypeMessageAction.class,
                      new Read<>(TypeMessageAction::readFrom, TypeMessageAction.class)))
          .registerSubtypes(Change.class.getPermittedSubclasses())
          .changeDefaultPropertyInclusion(
              all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ChangeJson() {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "change")
  private interface Named {}

  /** Objects of TL as base64. */
  private static final class Written extends StdSerializer<TlObject> {
    Written() {
      super(TlObject.class);
    }

    @Override
    public void serialize(TlObject object, JsonGenerator out, SerializationContext context) {
      out.writeBinary(object.toByteArray());
    }
  }

  private static final class Read<T> extends StdDeserializer<T> {
    private final Function<TlReader, T> reader;

    Read(Function<TlReader, T> reader, Class<T> type) {
      super(type);
      this.reader = reader;
    }

    @Override
    public T deserialize(JsonParser in, DeserializationContext context) {
      return reader.apply(new TlReader(in.getBinaryValue()));
    }
  }

  static String write(Change change) {
    return MAPPER.writerFor(Change.class).writeValueAsString(change);
  }

  /**
   * Reads a change.
   *
   * @throws JacksonException when the text is none
   */
  static Change read(String json) {
    return MAPPER.readValue(json, Change.class);
  }
}
