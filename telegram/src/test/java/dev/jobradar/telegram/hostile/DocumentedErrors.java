package dev.jobradar.telegram.hostile;

import dev.jobradar.tl.ApiErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Every RPC error that Telegram documents. */
public record DocumentedErrors(List<Named> all) {
  /** A code and its name, with a number where there is one. */
  public record Named(int code, String name) {}

  /** Those of the schema's list. */
  public static DocumentedErrors read() {
    try (var in = Objects.requireNonNull(ApiErrors.class.getResourceAsStream("errors.tsv"))) {
      return new DocumentedErrors(
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .map(line -> {
                int tab = line.indexOf('\t');
                int code = Integer.parseInt(line.substring(0, tab));
                return new Named(code, line.substring(tab + 1).replace("%d", "3"));
              })
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One of them. */
  public Named any(Random draw) {
    return all.get(draw.nextInt(all.size()));
  }
}
