package dev.jobradar.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** With Spring Boot's own logging, as the service has it. */
@ExtendWith(OutputCaptureExtension.class)
class MaskedLoggingTest {
  private static final Logger log = LoggerFactory.getLogger(MaskedLoggingTest.class);

  static class Nothing {}

  /** Spring Boot sets it once for the process. */
  @AfterEach
  void forgetTheFormat() {
    System.clearProperty(
        LoggingSystemProperty.CONSOLE_STRUCTURED_FORMAT.getEnvironmentVariableName());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ecs", "logstash", ""})
  void phone_numbers_are_masked_in_messages_and_exceptions_text_and_json(
      String format, CapturedOutput output) {
    SpringApplication application = new SpringApplication(Nothing.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    ConfigurableApplicationContext context =
        application.run("--logging.structured.format.console=" + format);
    try (context) {
      Exception cause = new IllegalArgumentException("Key (phone)=(79990000003) exists");
      log.warn(
          "no code for {}, user 79990000009",
          "+7 999 000-00-01",
          new IllegalStateException("asked for +79990000002", cause));
    }
    assertThat(output.getOut())
        .contains("no code for +***, user 79990000009")
        .contains("asked for +***")
        .contains("Key (phone)=(***) exists")
        .doesNotContain("000-00-01", "79990000002", "79990000003");
    String sign =
        switch (format) {
          case "ecs" -> "\"ecs\":{";
          case "logstash" -> "\"@version\":\"1\"";
          default -> " --- [";
        };
    assertThat(output.getOut()).as("written as asked for").contains(sign);
  }
}
