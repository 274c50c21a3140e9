package dev.jobradar.server.delivery;

import static dev.jobradar.server.delivery.DeliveryWorld.JAVA;
import static dev.jobradar.server.delivery.DeliveryWorld.JAVA_ID;
import static dev.jobradar.server.delivery.DeliveryWorld.draft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.AccountException;
import dev.jobradar.server.account.FloodWaits;
import dev.jobradar.server.channels.ChannelFault;
import dev.jobradar.server.storage.Vendor;
import dev.jobradar.server.tasks.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The machine's clock is set: every stored wait stays as long as it was. */
@ParameterizedClass
@EnumSource(Vendor.class)
@Timeout(60)
class ClockIT {
  private final DeliveryWorld world;
  private UserId ann = new UserId(0);

  ClockIT(Vendor vendor) {
    world = new DeliveryWorld(vendor);
  }

  @BeforeEach
  void ann() {
    ann = world.user(1);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private Task lead() throws InterruptedException {
    Task task = world.startedTask(ann, draft(null, List.of("java"), JAVA));
    world.posts(ann, JAVA_ID, world.post(1, "java"));
    return task;
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "PT-1H", "P1D", "P-1D"})
  void what_is_due_stays_due(Duration by) throws Exception {
    var _ = lead();
    world.setClock(by);
    assertThat(world.send(ann)).isEmpty();
    assertThat(world.deliveries("sent")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "PT-1H", "P1D", "P-1D"})
  void a_flood_wait_is_neither_longer_nor_shorter(Duration by) throws Exception {
    var _ = lead();
    world.accounts.failNext(
        new AccountException.FloodWait(FloodWaits.SENDING, Duration.ofMinutes(5), null));
    assertThat(world.send(ann)).contains(world.clock.instant().plusSeconds(300));
    world.clock.advance(Duration.ofSeconds(100));
    world.setClock(by);
    assertThat(world.send(ann)).contains(world.clock.instant().plusSeconds(200));
    world.clock.advance(Duration.ofSeconds(200));
    assertThat(world.send(ann)).isEmpty();
    assertThat(world.deliveries("sent")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1H", "PT-1H", "P1D", "P-1D"})
  void a_message_that_waits_for_a_connection_and_a_source_wait_as_long(Duration by)
      throws Exception {
    Task task = lead();
    world.accounts.failNext(new AccountException.Unreachable(null, null));
    Instant due = world.send(ann).orElseThrow();
    Instant retry = world.clock.instant().plusSeconds(60);
    world.tasks.failed(task.id(), JAVA, new ChannelFault("CHANNEL_PRIVATE", retry));
    world.setClock(by);
    assertThat(world.send(ann)).contains(due.plus(by));
    assertThat(nextRetry(task)).isEqualTo(retry.plus(by));
  }

  @ParameterizedTest
  @ValueSource(longs = {30, 3_000})
  void times_that_no_rule_allows_are_brought_nearer(long days) throws Exception {
    Task task = lead();
    Instant wrong = world.clock.instant().plus(Duration.ofDays(days));
    world
        .database
        .client()
        .sql("update deliveries set not_before = ?")
        .param(wrong.toEpochMilli())
        .update();
    world.floodWaits.put(ann, "messages.getHistory", Duration.ofDays(days));
    world.tasks.failed(task.id(), JAVA, new ChannelFault("CHANNEL_PRIVATE", wrong));
    world.setClock(Duration.ZERO);
    Instant now = world.clock.instant();
    assertThat(world.send(ann).orElseThrow()).isEqualTo(now.plus(Duration.ofHours(1)));
    assertThat(nextRetry(task)).isEqualTo(now.plus(ChannelFault.RETRY.longest()));
    assertThat(world.floodWaits.until(ann, "messages.getHistory"))
        .contains(now.plus(FloodWaits.LONGEST));
  }

  /** Its order was written by the clock as it was, after the others had been moved. */
  @Test
  void a_message_ordered_while_the_clock_is_set_back_goes_out_at_once() throws Exception {
    world.clock.advance(Duration.ofDays(1));
    var _ = lead();
    world.clock.advance(Duration.ofDays(-1));
    assertThat(world.send(ann)).isEmpty();
    assertThat(world.deliveries("sent")).isEqualTo(1);
  }

  private Instant nextRetry(Task task) {
    return java.util.Objects.requireNonNull(
        world.tasks.find(ann, task.id()).orElseThrow().sources().getFirst().nextRetryAt());
  }
}
