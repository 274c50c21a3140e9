package dev.jobradar.benchmarks.oldway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.benchmarks.PostNumber;
import dev.jobradar.sandbox.ReadyAccount;
import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.sandbox.event.Event;
import dev.jobradar.sandbox.fault.Aim;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.telegram.ClientListener;
import dev.jobradar.telegram.HistoryQuery;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.session.SessionString;
import dev.jobradar.testsupport.SandboxClients;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The old loop does what the old service did, with what that lost. */
@Timeout(60)
class OldLoopIT {
  private static final String READ = "messages.getHistory";

  private final Queue<String> methods = new ConcurrentLinkedQueue<>();
  private final Sandbox sandbox = Sandbox.builder().dataCentres(1).listener(this::hear).start();
  private final ReadyAccount account = sandbox.readyAccounts(1).getFirst();
  private final TelegramClient client =
      new TelegramClient(
          SandboxClients.options(sandbox).build(),
          SessionString.parse(account.session()).session(),
          ClientListener.NONE);
  private final OldLoop loop = new OldLoop(Duration.ofSeconds(20));

  private void hear(Event event) {
    if (event instanceof Event.Rpc rpc) {
      methods.add(rpc.method());
    }
  }

  @BeforeEach
  void two_tasks_with_three_sources_in_all() throws InterruptedException {
    client.open();
    loop.add(
        client,
        List.of(
            new Watch("java", List.of("javajobs", "golangjobs")),
            new Watch("дизайнер", List.of("javajobs"))));
  }

  @AfterEach
  void close() {
    loop.close();
    client.close();
    sandbox.close();
  }

  private List<Integer> received() {
    return sandbox.savedMessages(account.user()).stream()
        .flatMap(message -> PostNumber.in(message.message().text()).stream())
        .toList();
  }

  /** A session's requests are executed in order: with another answered, all before are told of. */
  private long pagesRead() throws InterruptedException {
    client.refreshMe();
    return methods.stream().filter(READ::equals).count();
  }

  @Test
  void the_first_time_it_only_remembers_and_then_sends_what_is_new_once() throws Exception {
    sandbox.post("javajobs", "лид-1-лид Ищем: java");
    loop.pass();
    sandbox.post("javajobs", "лид-2-лид Ищем: Java");
    sandbox.post("javajobs", "лид-3-лид Ищем: дизайнер");
    sandbox.post("golangjobs", "лид-4-лид Ищем: java");
    sandbox.post("golangjobs", "лид-5-лид Ищем: дизайнер");
    loop.pass();
    loop.pass();
    assertThat(received()).containsExactly(2, 4, 3);
  }

  @Test
  void each_pass_is_a_request_for_each_task_and_source() throws Exception {
    loop.pass();
    loop.pass();
    assertThat(pagesRead()).isEqualTo(2 * 3);
  }

  @Test
  void of_more_posts_than_a_page_holds_only_the_newest_are_seen() throws Exception {
    loop.pass();
    for (int number = 1; number <= HistoryQuery.PAGE + 5; number++) {
      sandbox.post("golangjobs", "лид-" + number + "-лид Ищем: java");
    }
    loop.pass();
    loop.pass();
    assertThat(received())
        .isEqualTo(IntStream.rangeClosed(6, HistoryQuery.PAGE + 5).boxed().toList());
  }

  @Test
  void a_failed_request_is_counted_and_the_others_are_made() throws Exception {
    loop.pass();
    try (var _ =
        sandbox.faults().set(new Fault.Fail(400, "CHANNEL_PRIVATE"), Aim.method(READ), 1)) {
      sandbox.post("javajobs", "лид-1-лид Ищем: java");
      sandbox.post("golangjobs", "лид-2-лид Ищем: java");
      loop.pass();
    }
    assertThat(loop.failures()).isEqualTo(1);
    loop.pass();
    assertThat(received()).containsExactly(2, 1);
  }

  @Test
  void a_backfill_is_a_request_for_each_message() throws Exception {
    int found = OldLoop.backfill(client, client.channels().resolve("javajobs").peer(), 30);
    assertThat(found).isEqualTo(30);
    assertThat(pagesRead()).isEqualTo(30);
  }
}
