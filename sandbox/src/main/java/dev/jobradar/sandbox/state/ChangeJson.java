package dev.jobradar.sandbox.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.jobradar.sandbox.world.Change;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Changes as JSON, named by their records and the records' fields. */
final class ChangeJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addMixIn(Change.class, Named.class)
          .registerSubtypes(Change.class.getPermittedSubclasses())
          .changeDefaultPropertyInclusion(
              all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ChangeJson() {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "change")
  private interface Named {}

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
