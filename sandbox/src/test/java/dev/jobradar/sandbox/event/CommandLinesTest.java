package dev.jobradar.sandbox.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLinesTest {

  private final List<Command> done = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final CommandLines lines = new CommandLines(this::run, events::add);

  private Event run(Command command) {
    if (command.equals(new Command.Post("broken", "text"))) {
      throw new IllegalStateException("out of order");
    }
    if (command.equals(new Command.Post("nowhere", "text"))) {
      throw new BadCommandException("there is no channel 'nowhere'");
    }
    done.add(command);
    return new Event.Posted("jobs", done.size());
  }

  private void read(String input) {
    lines.run(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void commands_are_done_in_order() {
    read(
        """
        {"do":"post","channel":"javajobs","text":"Ищем разработчика"}

        {"do":"accounts","count":3,"file":"sessions.txt"}
        {"do":"stats"}\
        """);

    assertThat(done)
        .containsExactly(
            new Command.Post("javajobs", "Ищем разработчика"),
            new Command.Accounts(3, Path.of("sessions.txt")),
            new Command.Stats());
    assertThat(events).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nonsense                                            | ``       | not JSON",
        "[]                                                  | ``       | JSON object",
        "{}                                                  | ``       | 'do'",
        "{\"do\":5}                                          | ``       | 'do'",
        "{\"do\":\"dance\"}                                  | dance    | unknown command 'dance'",
        "{\"do\":\"stats\"} {\"do\":\"stats\"}               | ``       | not JSON",
        "{\"do\":\"stats\",\"do\":\"stats\"}                 | ``       | not JSON",
        "{\"do\":\"stats\",\"verbose\":true}                 | stats    | unknown field 'verbose'",
        "{\"do\":\"post\",\"channel\":\"jobs\"}              | post     | 'text'",
        "{\"do\":\"post\",\"channel\":7,\"text\":\"x\"}      | post     | 'channel'",
        "{\"do\":\"post\",\"channel\":\"jobs\",\"text\":\" \"} | post   | 'text'",
        "{\"do\":\"accounts\",\"count\":0,\"file\":\"f\"}    | accounts | 'count'",
        "{\"do\":\"accounts\",\"count\":2.5,\"file\":\"f\"}  | accounts | 'count'",
        "{\"do\":\"accounts\",\"count\":100001,\"file\":\"f\"} | accounts | 'count'",
        "{\"do\":\"accounts\",\"count\":1}                   | accounts | 'file'",
        "{\"do\":\"post\",\"channel\":\"nowhere\",\"text\":\"text\"} | post | no channel",
        "{\"do\":\"post\",\"channel\":\"broken\",\"text\":\"text\"} | post | out of order",
      })
  void a_bad_line_is_told_of_and_the_next_one_is_done(String line, String name, String message) {
    read(line + "\n{\"do\":\"stats\"}\n");

    Event.Refused refused = (Event.Refused) events.getFirst();
    assertThat(refused.command()).isEqualTo(name);
    assertThat(refused.message()).contains(message);
    assertThat(done).containsExactly(new Command.Stats());
  }

  @Test
  void a_line_without_an_end_is_not_kept() {
    read("x".repeat(3 * CommandLines.MAX_LINE) + "\n{\"do\":\"stats\"}");

    assertThat(((Event.Refused) events.getFirst()).message()).contains("longer than");
    assertThat(done).containsExactly(new Command.Stats());
  }
}
