package dev.jobradar.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

class MessagesTest {
  private static final Properties RUSSIAN = read("/messages.properties");
  private static final Properties ENGLISH = read("/messages_en.properties");

  /** As {@code #{pages.skip}}; what a template puts together is left out. */
  private static final Pattern NAMED = Pattern.compile("#\\{(pages\\.[\\w.]+)[}(]");

  @Test
  void both_languages_have_the_same_texts_with_the_same_arguments() {
    assertThat(ENGLISH.stringPropertyNames())
        .containsExactlyInAnyOrderElementsOf(RUSSIAN.stringPropertyNames());
    for (String key : RUSSIAN.stringPropertyNames()) {
      assertThat(arguments(key, ENGLISH, Locale.ENGLISH))
          .as(key)
          .isEqualTo(arguments(key, RUSSIAN, Locale.of("ru")));
    }
  }

  @Test
  void no_text_has_an_apostrophe_that_would_vanish() {
    RUSSIAN.values().forEach(text -> assertThat((String) text).doesNotContain("'").isNotBlank());
    ENGLISH.values().forEach(text -> assertThat((String) text).doesNotContain("'").isNotBlank());
  }

  @Test
  void templates_say_nothing_that_no_text_is_there_for() throws IOException {
    Set<String> said = new TreeSet<>();
    for (Resource template :
        new PathMatchingResourcePatternResolver()
            .getResources("classpath*:/templates/pages/**/*.html")) {
      NAMED
          .matcher(template.getContentAsString(StandardCharsets.UTF_8))
          .results()
          .forEach(found -> said.add(found.group(1)));
    }
    assertThat(said).hasSizeGreaterThan(100);
    assertThat(RUSSIAN.stringPropertyNames()).containsAll(said);
  }

  /** Texts of pages are patterns of ICU, all others Java's. */
  private static Set<String> arguments(String key, Properties texts, Locale locale) {
    String text = texts.getProperty(key);
    if (key.startsWith("pages.")) {
      return new com.ibm.icu.text.MessageFormat(text, locale).getArgumentNames();
    }
    int count = new MessageFormat(text).getFormatsByArgumentIndex().length;
    return IntStream.range(0, count).mapToObj(String::valueOf).collect(Collectors.toSet());
  }

  private static Properties read(String name) {
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(MessagesTest.class.getResourceAsStream(name)),
            StandardCharsets.UTF_8)) {
      Properties properties = new Properties();
      properties.load(reader);
      return properties;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
