package dev.jobradar.server.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Examples with the answers that a person would give, one JSON object a line. */
final class LabelledSet {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private LabelledSet() {}

  static Stream<JsonNode> read(String name) {
    try (InputStream stream =
        Objects.requireNonNull(LabelledSet.class.getResourceAsStream("/filter/" + name))) {
      return new String(stream.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .map(JSON::readTree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
