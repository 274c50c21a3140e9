package dev.jobradar.sandbox.layer;

import dev.jobradar.tl.schema.Schema;
import dev.jobradar.tl.schema.SchemaParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the file of a layer says.
 *
 * @param schema definitions that differ from those of the next newer layer stored
 * @param absent constructors of the newer that this one does not have
 */
record StoredLayer(int layer, Schema schema, Set<String> absent) {
  private static final String ABSENT = "// ABSENT ";
  private static final String OF = "of ";

  /**
   * All that are stored, newest first.
   *
   * @throws IllegalStateException if they do not continue our layer
   */
  static List<StoredLayer> all(int ours) {
    List<String> lines = lines(text("layers.txt"));
    if (!lines.getFirst().equals(OF + ours)) {
      throw new IllegalStateException(
          "layers are stored down from '%s', ours is %d: run sandbox/update-layers"
              .formatted(lines.getFirst(), ours));
    }
    return lines.stream().skip(1).map(line -> read(Integer.parseInt(line))).toList();
  }

  private static StoredLayer read(int layer) {
    String text = text(layer + ".tl");
    Set<String> absent =
        text.lines()
            .filter(line -> line.startsWith(ABSENT))
            .map(line -> line.substring(ABSENT.length()))
            .collect(Collectors.toUnmodifiableSet());
    return new StoredLayer(layer, SchemaParser.parse(layer + ".tl", text), absent);
  }

  /** Names of the constructors that are sent. */
  static Set<String> sentNames() {
    return new HashSet<>(section("[sent]"));
  }

  /** Names of the functions that are read. */
  static List<String> functionNames() {
    return section("[functions]");
  }

  private static List<String> section(String head) {
    List<String> names = new ArrayList<>();
    boolean inside = false;
    for (String line : lines(text("names.txt"))) {
      if (line.startsWith("[")) {
        inside = line.equals(head);
      } else if (inside) {
        names.add(line);
      }
    }
    return names;
  }

  private static List<String> lines(String text) {
    return text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
  }

  private static String text(String resource) {
    try (InputStream in =
        Objects.requireNonNull(StoredLayer.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}
