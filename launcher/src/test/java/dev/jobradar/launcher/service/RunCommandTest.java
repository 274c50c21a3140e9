package dev.jobradar.launcher.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunCommandTest {
  private final Map<String, String> environment =
      new HashMap<>(Map.of("TELEGRAM_API_ID", "17", "TELEGRAM_API_HASH", "0123456789abcdef"));

  @Test
  void an_application_of_ones_own_is_all_that_it_needs() {
    assertThat(RunCommand.faults(environment)).isEmpty();
    assertThat(RunCommand.faults(Map.of()))
        .hasSize(2)
        .allMatch(fault -> fault.contains("my.telegram.org"));
  }

  @Test
  void what_cannot_be_right_is_told_together_and_without_what_it_holds() {
    environment.put("TELEGRAM_API_ID", "seventeen");
    environment.put("JOBRADAR_DATABASE", "postgresql://user:hunter2@host/db");
    environment.put("JOBRADAR_TELEGRAM_PROXY", "sox://user:hunter2@host:1");
    assertThat(RunCommand.faults(environment))
        .hasSize(3)
        .noneMatch(fault -> fault.contains("hunter2"))
        .anyMatch(fault -> fault.startsWith("TELEGRAM_API_ID: "))
        .anyMatch(fault -> fault.startsWith("JOBRADAR_DATABASE: "))
        .anyMatch(fault -> fault.startsWith("JOBRADAR_TELEGRAM_PROXY: "));
  }

  @Test
  void ports_that_there_are_not_are_told() {
    for (String wrong : List.of("99999", "-2", "http", "65536")) {
      environment.put("SERVER_PORT", wrong);
      environment.put("MANAGEMENT_SERVER_PORT", wrong);
      assertThat(RunCommand.faults(environment))
          .hasSize(2)
          .allMatch(fault -> fault.contains("_PORT: a port is a number from 0 to 65535"));
    }
    environment.put("SERVER_PORT", "0");
    for (String allowed : List.of("65535", "-1")) {
      environment.put("MANAGEMENT_SERVER_PORT", allowed);
      assertThat(RunCommand.faults(environment)).isEmpty();
    }
  }

  @Test
  void both_kinds_of_database_are_taken() {
    environment.put("JOBRADAR_DATABASE", "jdbc:postgresql://host/name");
    assertThat(RunCommand.faults(environment)).isEmpty();
    environment.put("JOBRADAR_DATABASE", "jdbc:sqlite:some/file.db");
    assertThat(RunCommand.faults(environment)).isEmpty();
    environment.put("JOBRADAR_DATABASE", "jdbc:sqlite::memory:");
    assertThat(RunCommand.faults(environment)).hasSize(1);
  }
}
