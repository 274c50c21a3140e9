package dev.jobradar.sandbox.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.fault.StandingFault;
import dev.jobradar.sandbox.world.PostContent;
import java.io.ByteArrayInputStream;
import java.net.StandardProtocolFamily;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

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

  private static final CommandTarget ANYBODY = new CommandTarget(null, null, null, 0, null, null);

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
            new Command.Accounts(3, Path.of("sessions.txt"), false),
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
        {"do":"fault","fault":"swallow_updates","channel":"javajobs","for_seconds":5}
        {"do":"drop"}
        {"do":"drop","how":"rst","auth_key_id":"ff00000000000001","dc":2}
        {"do":"faults"}
        {"do":"clear","id":1}
        {"do":"clear"}
        """);

    assertThat(done)
        .containsExactly(
            new Command.SetFault(new Fault.Silence(), ANYBODY, StandingFault.ALWAYS, Duration.ZERO),
            new Command.SetFault(
                new Fault.Fail(420, "FLOOD_WAIT_3"),
                new CommandTarget(null, null, null, 0, "messages.sendMessage", null),
                2,
                Duration.ZERO),
            new Command.SetFault(
                new Fault.Fail(400, "PEER_ID_INVALID"),
                new CommandTarget(null, 5_100_000_001L, null, 0, null, null),
                StandingFault.ALWAYS,
                Duration.ZERO),
            new Command.SetFault(
                new Fault.SwallowUpdates(),
                new CommandTarget(null, null, null, 0, null, "javajobs"),
                StandingFault.ALWAYS,
                Duration.ofSeconds(5)),
            new Command.Drop(ANYBODY, false),
            new Command.Drop(
                new CommandTarget(0xff00_0000_0000_0001L, null, null, 2, null, null), true),
            new Command.ListFaults(),
            new Command.ClearFaults(1),
            new Command.ClearFaults(0));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void every_fault_has_a_command(String fields, Fault fault) {
    read("{\"do\":\"fault\"," + fields + "}");
    assertThat(done)
        .containsExactly(new Command.SetFault(fault, ANYBODY, StandingFault.ALWAYS, Duration.ZERO));
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        arguments("\"fault\":\"silence\"", new Fault.Silence()),
        arguments("\"fault\":\"half_open\"", new Fault.HalfOpen()),
        arguments(
            "\"fault\":\"slow\",\"delay_ms\":20,\"bytes_per_second\":300",
            new Fault.Slow(Duration.ofMillis(20), 300)),
        arguments("\"fault\":\"slow\",\"delay_ms\":20", new Fault.Slow(Duration.ofMillis(20), 0)),
        arguments("\"fault\":\"transport_error\",\"code\":404", new Fault.TransportError(404)),
        arguments(
            "\"fault\":\"connection_limit\",\"most\":5,\"seconds\":60",
            new Fault.ConnectionLimit(5, Duration.ofMinutes(1))),
        arguments(
            "\"fault\":\"clock_skew\",\"seconds\":-40",
            new Fault.ClockSkew(Duration.ofSeconds(-40))),
        arguments("\"fault\":\"wrong_salt\"", new Fault.WrongSalt()),
        arguments("\"fault\":\"duplicate_packets\"", new Fault.DuplicatePackets()),
        arguments("\"fault\":\"reorder_packets\"", new Fault.ReorderPackets()),
        arguments("\"fault\":\"replay_packets\"", new Fault.ReplayPackets()),
        arguments(
            "\"fault\":\"fail\",\"code\":500,\"error\":\"RPC_CALL_FAIL\"",
            new Fault.Fail(500, "RPC_CALL_FAIL")),
        arguments(
            "\"fault\":\"flood_premium_wait\",\"seconds\":7",
            new Fault.Fail(420, "FLOOD_PREMIUM_WAIT_7")),
        arguments(
            "\"fault\":\"slow_mode_wait\",\"seconds\":8", new Fault.Fail(420, "SLOWMODE_WAIT_8")),
        arguments(
            "\"fault\":\"migrate\",\"who\":\"user\",\"to\":3",
            new Fault.Fail(303, "USER_MIGRATE_3")),
        arguments(
            "\"fault\":\"delay_answers\",\"delay_ms\":900",
            new Fault.DelayAnswers(Duration.ofMillis(900))),
        arguments(
            "\"fault\":\"fail\",\"error\":\"FROZEN_METHOD_INVALID\"",
            new Fault.Fail(420, "FROZEN_METHOD_INVALID")),
        arguments(
            "\"fault\":\"migrate\",\"who\":\"file\",\"to\":4",
            new Fault.Fail(303, "FILE_MIGRATE_4")),
        arguments(
            "\"fault\":\"migrate_loop\",\"who\":\"phone\",\"ring\":[1,2]",
            new Fault.MigrateLoop(Fault.Moved.PHONE, List.of(1, 2))),
        arguments("\"fault\":\"unknown_constructor\"", new Fault.UnknownConstructor()),
        arguments("\"fault\":\"unknown_message\",\"id\":7", new Fault.UnknownMessage(7)),
        arguments("\"fault\":\"unknown_updates\"", new Fault.UnknownUpdates()),
        arguments("\"fault\":\"short_pages\",\"most\":3", new Fault.ShortPages(3)),
        arguments("\"fault\":\"repeat_code_type\"", new Fault.RepeatCodeType()),
        arguments("\"fault\":\"lose_answers\"", new Fault.LoseAnswers(false)),
        arguments("\"fault\":\"lose_answers\",\"hang_up\":true", new Fault.LoseAnswers(true)),
        arguments("\"fault\":\"swallow_updates\"", new Fault.SwallowUpdates()),
        arguments("\"fault\":\"double_updates\"", new Fault.DoubleUpdates()),
        arguments("\"fault\":\"reorder_updates\"", new Fault.ReorderUpdates()),
        arguments("\"fault\":\"difference_empty\"", new Fault.DifferenceEmpty()),
        arguments("\"fault\":\"difference_too_long\"", new Fault.DifferenceTooLong()),
        arguments(
            "\"fault\":\"channel_difference_too_long\"", new Fault.ChannelDifferenceTooLong()));
  }

  @Test
  void the_other_commands_are_read() {
    read(
        """
        {"do":"edit","channel":"javajobs","id":501,"text":"closed"}
        {"do":"posts_per_minute","rate":600}
        {"do":"stop","dc":1}
        {"do":"start","dc":1}
        {"do":"restart","dc":2}
        {"do":"revoke","user_id":5100000001}
        {"do":"revoke","auth_key_id":"0000000000000007","code":406,"error":"AUTH_KEY_DUPLICATED"}
        {"do":"move","user_id":5100000001,"dc":2}
        {"do":"new_session","phone":"9996610001"}
        {"do":"updates_too_long"}
        {"do":"messages","phone":"9996610001"}
        {"do":"messages","user_id":5100000001,"peer":777000,"limit":3}
        {"do":"channel","channel":"javajobs"}
        {"do":"connections"}
        {"do":"pts","channel":"javajobs","pts":7}
        {"do":"pts","user_id":5100000001,"pts":8}
        {"do":"rename","channel":"javajobs","names":["java_jobs"],"inactive":["old_jobs"]}
        {"do":"swap_names","channel":"javajobs","with":"golangjobs"}
        {"do":"accounts","count":1,"file":"accounts","as":"json"}
        """);

    CommandTarget phone = new CommandTarget(null, null, "9996610001", 0, null, null);
    CommandTarget user = new CommandTarget(null, 5_100_000_001L, null, 0, null, null);
    assertThat(done)
        .containsExactly(
            new Command.Edit("javajobs", 501, "closed"),
            new Command.PostsPerMinute(600),
            new Command.Stop(1, null),
            new Command.Start(1),
            new Command.Restart(2),
            new Command.Revoke(user, 401, "SESSION_REVOKED"),
            new Command.Revoke(
                new CommandTarget(7L, null, null, 0, null, null), 406, "AUTH_KEY_DUPLICATED"),
            new Command.Move(user, 2),
            new Command.NewSession(phone),
            new Command.UpdatesTooLong(ANYBODY),
            new Command.Messages(phone, null, 100),
            new Command.Messages(user, 777_000L, 3),
            new Command.Channel("javajobs"),
            new Command.Connections(ANYBODY),
            new Command.SetPts(new CommandTarget(null, null, null, 0, null, "javajobs"), 7),
            new Command.SetPts(user, 8),
            new Command.Rename("javajobs", List.of("java_jobs"), List.of("old_jobs")),
            new Command.SwapNames("javajobs", "golangjobs"),
            new Command.Accounts(1, Path.of("accounts"), true));
  }

  @Test
  void commands_about_posts_and_channels_are_read() {
    read(
        """
        {"do":"album","channel":"jobs","album":9,"parts":[{"text":"a"},{"text":"b","album":8}]}
        {"do":"delete","channel":"jobs","ids":[5,6]}
        {"do":"stop","dc":1,"family":"ipv6"}
        {"do":"views","channel":"jobs","id":5,"views":70}
        {"do":"post","channel":"jobs","text":"mine","by":5100000001,"date":1750000000}
        {"do":"post","channel":"jobs","text":"mine","by":"9996621233"}
        {"do":"edit","channel":"jobs","id":5,"reactions":{"+":2}}
        {"do":"make_channel","channel":"chat","title":"Chat","group":true,"linked_to":"jobs"}
        {"do":"set_channel","channel":"jobs","noforwards":false,"about":"Work"}
        {"do":"join","channel":"jobs","user_id":5100000001}
        {"do":"leave","channel":"jobs","phone":"9996621233"}
        """);

    CommandTarget byId = new CommandTarget(null, 5_100_000_001L, null, 0, null, null);
    CommandTarget byPhone = new CommandTarget(null, null, "9996621233", 0, null, null);
    assertThat(done)
        .containsExactly(
            new Command.Album(
                "jobs", List.of(PostContent.of("a").album(9), PostContent.of("b").album(8))),
            new Command.Delete("jobs", List.of(5, 6)),
            new Command.Stop(1, StandardProtocolFamily.INET6),
            new Command.Views("jobs", 5, 70),
            new Command.Post("jobs", PostContent.of("mine"), byId, 1_750_000_000),
            new Command.Post("jobs", PostContent.of("mine"), byPhone, 0),
            new Command.Edit("jobs", 5, PostContent.NOTHING.reactions(Map.of("+", 2))),
            new Command.MakeChannel(
                "chat", 0, false, new Command.ChannelChange("Chat", null, true, null, "jobs")),
            new Command.SetChannel(
                "jobs", new Command.ChannelChange(null, "Work", null, false, null)),
            new Command.Membership(byId, "jobs", true),
            new Command.Membership(byPhone, "jobs", false));
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
        "{\"do\":\"post\",\"channel\":\"jobs\",\"views\":3}  | post   | 'text'",
        "{\"do\":\"post\",\"channel\":\"jobs\",\"rich\":\"x\"} | post | a list of PageBlock",
        "{\"do\":\"post\",\"channel\":\"jobs\",\"rich\":[{\"dance\":1}]} | post | named by",
        "{\"do\":\"post\",\"channel\":\"jobs\",\"media\":{\"_\":\"photo\"}} | post |"
            + " of type MessageMedia",
        "{\"do\":\"post\",\"channel\":\"jobs\",\"media\":{\"_\":\"messageMediaDice\"}} | post |"
            + " not among what the sandbox sends",
        "{\"do\":\"post\",\"channel\":\"jobs\",\"media\":{\"_\":\"messageMediaPoll\"}} | post |"
            + " which messageMediaPoll needs",
        "{\"do\":\"post\",\"channel\":\"jobs\",\"message\":{\"id\":1}} | post | cannot set 'id'",
        "{\"do\":\"post\",\"channel\":\"jobs\",\"message\":{\"x\":1}} | post | no field 'x'",
        "{\"do\":\"post\",\"channel\":\"jobs\",\"poll\":{\"question\":\"q\",\"x\":1}} | post |"
            + " unknown field 'x'",
        "{\"do\":\"post\",\"channel\":\"jobs\",\"text\":\"a\",\"links\":{\"b\":\"c\"}} | post |"
            + " does not contain 'b'",
        "{\"do\":\"album\",\"channel\":\"jobs\",\"parts\":[]} | album | 'parts'",
        "{\"do\":\"delete\",\"channel\":\"jobs\",\"ids\":[]} | delete | 'ids'",
        "{\"do\":\"join\",\"channel\":\"jobs\"}          | join     | name an account",
        "{\"do\":\"accounts\",\"count\":0,\"file\":\"f\"}    | accounts | 'count'",
        "{\"do\":\"accounts\",\"count\":2.5,\"file\":\"f\"}  | accounts | 'count'",
        "{\"do\":\"accounts\",\"count\":100001,\"file\":\"f\"} | accounts | 'count'",
        "{\"do\":\"fault\"}                                  | fault    | 'fault'",
        "{\"do\":\"fault\",\"fault\":\"fail\",\"error\":\"ODD\"} | fault | documented",
        "{\"do\":\"fault\",\"fault\":\"migrate_loop\",\"who\":\"user\",\"ring\":[]} | fault |"
            + " 'ring'",
        "{\"do\":\"fault\",\"fault\":\"migrate_loop\",\"who\":\"user\",\"ring\":[1,1]} | fault |"
            + " once",
        "{\"do\":\"pts\",\"pts\":7}                        | pts      | name an account",
        "{\"do\":\"fault\",\"fault\":\"rain\"}               | fault    | unknown fault 'rain'",
        "{\"do\":\"fault\",\"fault\":\"flood_wait\"}         | fault    | 'seconds'",
        "{\"do\":\"fault\",\"fault\":\"silence\",\"times\":0} | fault  | 'times'",
        "{\"do\":\"fault\",\"fault\":\"silence\",\"x\":0} | fault      | unknown field 'x'",
        "{\"do\":\"fault\",\"fault\":\"fail\",\"code\":1,\"error\":\"n o\"} | fault | is named",
        "{\"do\":\"revoke\"}                                 | revoke   | name an account",
        "{\"do\":\"move\",\"dc\":2}                           | move     | name an account",
        "{\"do\":\"messages\"}                               | messages | name an account",
        "{\"do\":\"stop\",\"dc\":0}                            | stop     | 'dc'",
        "{\"do\":\"posts_per_minute\",\"rate\":60001}          | posts_per_minute | 'rate'",
        "{\"do\":\"revoke\",\"user_id\":1,\"error\":\"no\"}      | revoke   | capitals",
        "{\"do\":\"fault\",\"fault\":\"lose_answers\",\"hang_up\":1} | fault | 'hang_up'",
        "{\"do\":\"fault\",\"fault\":\"migrate\",\"who\":\"x\",\"to\":1} | fault | 'who'",
        "{\"do\":\"drop\",\"how\":\"gently\"}                | drop     | 'how'",
        "{\"do\":\"drop\",\"auth_key_id\":\"12\"}            | drop     | sixteen",
        "{\"do\":\"drop\",\"user_id\":-1}                  | drop     | 'user_id'",
        "{\"do\":\"accounts\",\"count\":1}                   | accounts | 'file'",
        "{\"do\":\"accounts\",\"count\":1,\"file\":\"f\",\"as\":\"x\"} | accounts | 'as'",
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
