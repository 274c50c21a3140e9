package dev.jobradar.tl;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The RPC errors that Telegram documents: which code goes with which name. Some names hold a
 * number, as FLOOD_WAIT_31 does. Safe for use by several threads.
 */
public final class ApiErrors {
  private static final String RESOURCE = "errors.tsv";
  private static final ApiErrors DOCUMENTED = load();

  private final Map<String, Integer> codes = new HashMap<>();
  private final List<Numbered> numbered = new ArrayList<>();

  private record Numbered(Pattern pattern, int code) {}

  private ApiErrors() {}

  /** The code of an error by its name as it is sent; empty if Telegram documents no such error. */
  public static OptionalInt codeOf(String name) {
    Integer code = DOCUMENTED.codes.get(name);
    if (code != null) {
      return OptionalInt.of(code);
    }
    return DOCUMENTED.numbered.stream()
        .filter(candidate -> candidate.pattern().matcher(name).matches())
        .mapToInt(Numbered::code)
        .findFirst();
  }

  private static ApiErrors load() {
    ApiErrors errors = new ApiErrors();
    InputStream resource =
        Objects.requireNonNull(ApiErrors.class.getResourceAsStream(RESOURCE), RESOURCE);
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          int tab = line.indexOf('\t');
          errors.add(Integer.parseInt(line.substring(0, tab)), line.substring(tab + 1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE, e);
    }
    return errors;
  }

  private void add(int code, String name) {
    int number = name.indexOf("%d");
    if (number < 0) {
      codes.put(name, code);
      return;
    }
    String before = Pattern.quote(name.substring(0, number));
    String after = Pattern.quote(name.substring(number + 2));
    numbered.add(new Numbered(Pattern.compile(before + "\\d+" + after), code));
  }
}
