package dev.jobradar.sandbox.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.fault.StandingFault;
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

  private static final Whom ANYBODY = new Whom(null, null, null, 0, null);

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

  @Test
  void faults_are_read_with_whom_they_are_meant_for() {
    read(
        """
        {"do":"fault","fault":"silence"}
        {"do":"fault","fault":"flood_wait","seconds":3,"method":"messages.sendMessage","times":2}
        {"do":"fault","fault":"fail","code":400,"error":"PEER_ID_INVALID","user_id":5100000001}
        {"do":"drop"}
        {"do":"drop","how":"rst","auth_key_id":"ff00000000000001","dc":2}
        {"do":"faults"}
        {"do":"clear","id":1}
        {"do":"clear"}
        """);

    assertThat(done)
        .containsExactly(
            new Command.SetFault(new Fault.Silence(), ANYBODY, StandingFault.ALWAYS),
            new Command.SetFault(
                new Fault.Fail(420, "FLOOD_WAIT_3"),
                new Whom(null, null, null, 0, "messages.sendMessage"),
                2),
            new Command.SetFault(
                new Fault.Fail(400, "PEER_ID_INVALID"),
                new Whom(null, 5_100_000_001L, null, 0, null),
                StandingFault.ALWAYS),
            new Command.Drop(ANYBODY, false),
            new Command.Drop(new Whom(0xff00_0000_0000_0001L, null, null, 2, null), true),
            new Command.ListFaults(),
            new Command.ClearFaults(1),
            new Command.ClearFaults(0));
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
        "{\"do\":\"fault\"}                                  | fault    | 'fault'",
        "{\"do\":\"fault\",\"fault\":\"rain\"}               | fault    | unknown fault 'rain'",
        "{\"do\":\"fault\",\"fault\":\"flood_wait\"}         | fault    | 'seconds'",
        "{\"do\":\"fault\",\"fault\":\"silence\",\"times\":0} | fault  | 'times'",
        "{\"do\":\"fault\",\"fault\":\"silence\",\"x\":0} | fault      | unknown field 'x'",
        "{\"do\":\"fault\",\"fault\":\"fail\",\"code\":1,\"error\":\"no\"} | fault | capitals",
        "{\"do\":\"drop\",\"how\":\"gently\"}                | drop     | 'how'",
        "{\"do\":\"drop\",\"auth_key_id\":\"12\"}            | drop     | sixteen",
        "{\"do\":\"drop\",\"user_id\":-1}                  | drop     | 'user_id'",
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
