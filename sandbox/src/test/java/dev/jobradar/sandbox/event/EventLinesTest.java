package dev.jobradar.sandbox.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EventLinesTest {

  private static final Event READY =
      new Event.Ready(List.of(new Event.DataCentre(1, "127.0.0.1", 4430, null)), "key.pem");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private List<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static Event rpc(String method) {
    return new Event.Rpc(method, 7, 2, 0xab, 5_100_000_001L, 1, 2, null);
  }

  @Test
  void every_event_is_a_line_of_json() {
    try (EventLines events = new EventLines(bytes)) {
      events.begin(READY);
      events.on(new Event.ConnectionOpened(7, 2, "127.0.0.1:50000"));
      events.on(new Event.ConnectionClosed(7, 2, "end of stream"));
      events.on(new Event.SignedIn(0xab, 5_100_000_001L, 2));
      events.on(new Event.Code("79001234567", "12345", "app"));
      events.on(rpc("help.getConfig"));
      events.on(new Event.Rpc("auth.signIn", 7, 2, -1, 0, 1, 1, "PHONE_CODE_INVALID"));
      events.on(new Event.Stats(1, 2, 3, 4, 5));
      events.on(new Event.Refused("post", "no such \"channel\"\n"));
    }

    assertThat(lines())
        .containsExactly(
            "{\"event\":\"ready\",\"dcs\":[{\"id\":1,\"host\":\"127.0.0.1\",\"port\":4430}],"
                + "\"public_key\":\"key.pem\"}",
            "{\"event\":\"connection_opened\",\"connection\":7,\"dc\":2,"
                + "\"remote\":\"127.0.0.1:50000\"}",
            "{\"event\":\"connection_closed\",\"connection\":7,\"dc\":2,"
                + "\"reason\":\"end of stream\"}",
            "{\"event\":\"signed_in\",\"auth_key_id\":\"00000000000000ab\","
                + "\"user_id\":5100000001,\"dc\":2}",
            "{\"event\":\"code\",\"phone\":\"79001234567\",\"code\":\"12345\",\"type\":\"app\"}",
            "{\"event\":\"rpc\",\"method\":\"help.getConfig\",\"connection\":7,\"dc\":2,"
                + "\"auth_key_id\":\"00000000000000ab\",\"user_id\":5100000001,"
                + "\"open\":1,\"max_open\":2}",
            "{\"event\":\"rpc\",\"method\":\"auth.signIn\",\"connection\":7,\"dc\":2,"
                + "\"auth_key_id\":\"ffffffffffffffff\","
                + "\"open\":1,\"max_open\":1,\"error\":\"PHONE_CODE_INVALID\"}",
            "{\"event\":\"stats\",\"connections\":1,\"users\":2,\"max_open_per_key\":3,"
                + "\"max_open_per_account\":4,\"messages\":5}",
            "{\"event\":\"error\",\"do\":\"post\",\"message\":\"no such \\\"channel\\\"\\n\"}");
  }

  @Test
  void the_first_line_says_that_it_is_ready_whatever_came_before() {
    try (EventLines events = new EventLines(bytes)) {
      events.on(rpc("early"));
      events.begin(READY);
      events.on(rpc("late"));
    }

    assertThat(lines()).hasSize(3);
    assertThat(lines().getFirst()).contains("ready");
    assertThat(lines().get(1)).contains("early");
  }

  @Test
  void what_never_became_ready_writes_nothing() {
    try (EventLines events = new EventLines(bytes)) {
      events.on(rpc("early"));
    }

    assertThat(lines()).isEmpty();
  }

  @Test
  void a_slow_reader_costs_rpc_lines_and_no_others() {
    CountDownLatch reading = new CountDownLatch(1);
    EventLines events = new EventLines(blockedUntil(reading), 10, 1_000);
    events.begin(READY);
    for (int i = 0; i < 300_000; i++) {
      events.on(rpc("method" + i));
      if (i % 1_000 == 0) {
        events.on(new Event.Posted("jobs", i));
      }
    }
    reading.countDown();
    events.close();

    Stream<String> posted = lines().stream().filter(line -> line.contains("\"posted\""));
    assertThat(posted).hasSize(300);
    long written = lines().stream().filter(line -> line.contains("\"rpc\",")).count();
    long dropped =
        lines().stream()
            .filter(line -> line.contains("\"dropped\""))
            .mapToLong(line -> Long.parseLong(line.replaceAll(".*\"rpc\":(\\d+).*", "$1")))
            .sum();
    assertThat(written + dropped).isEqualTo(300_000);
    assertThat(dropped).isPositive();
  }

  @Test
  void even_the_others_are_bounded() {
    CountDownLatch reading = new CountDownLatch(1);
    EventLines events = new EventLines(blockedUntil(reading), 10, 100);
    events.begin(READY);
    for (int i = 0; i < 500_000; i++) {
      events.on(new Event.Posted("jobs", i));
    }
    reading.countDown();
    events.close();

    assertThat(lines()).hasSizeLessThan(500_000);
    assertThat(lines().getLast()).matches("\\{\"event\":\"dropped\",\"rpc\":0,\"other\":\\d+}");
  }

  @Test
  void a_stream_that_fails_is_told_at_the_end_and_harms_nobody_before() {
    EventLines events =
        new EventLines(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("broken pipe");
              }
            });
    events.begin(READY);
    events.on(rpc("a"));
    events.on(rpc("b"));

    assertThatThrownBy(events::close)
        .isInstanceOf(UncheckedIOException.class)
        .hasRootCauseMessage("broken pipe");
  }

  /** A stream that stands still, as a full pipe does, until the latch falls. */
  private OutputStream blockedUntil(CountDownLatch reading) {
    return new OutputStream() {
      @Override
      public void write(int b) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void write(byte[] source, int offset, int length) throws IOException {
        try {
          reading.await();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
        bytes.write(source, offset, length);
      }
    };
  }
}
