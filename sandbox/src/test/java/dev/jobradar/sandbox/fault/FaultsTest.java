package dev.jobradar.sandbox.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.jobradar.sandbox.world.ChannelId;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FaultsTest {
  private static final FaultSite SITE =
      FaultSite.of(2, new KeyId(7), new UserId(9))
          .calling(Set.of("messages.sendMessage"))
          .in(new ChannelId(5));
  private static final Fault.Fail FLOOD = Fault.floodWait(Duration.ofSeconds(3));

  private final Faults faults = new Faults();

  private Fault.@Nullable Fail strike() {
    return faults.strike(Fault.Fail.class, () -> SITE);
  }

  @Test
  void without_faults_nobody_asks_where_something_happens() {
    assertThat(faults.isEmpty()).isTrue();
    Fault.Fail none =
        faults.strike(
            Fault.Fail.class,
            () -> {
              throw new AssertionError("asked");
            });
    assertThat(none).isNull();
  }

  @Test
  void a_fault_strikes_as_often_as_it_was_told_and_is_gone_then() {
    StandingFault fault = faults.set(FLOOD, Aim.ALL, 2);
    assertThat(fault.left()).isEqualTo(2);
    assertThat(strike()).isEqualTo(FLOOD);
    assertThat(fault.stands()).isTrue();
    assertThat(strike()).isEqualTo(FLOOD);
    assertThat(strike()).isNull();
    assertThat(fault.struck()).isEqualTo(2);
    assertThat(fault.stands()).isFalse();
    assertThat(faults.isEmpty()).isTrue();
  }

  @Test
  void a_fault_without_an_end_stands_until_it_is_taken_away() {
    StandingFault fault = faults.set(FLOOD);
    for (int i = 0; i < 5; i++) {
      assertThat(strike()).isEqualTo(FLOOD);
    }
    assertThat(fault.left()).isEqualTo(StandingFault.ALWAYS);
    fault.close();
    fault.close();
    assertThat(strike()).isNull();
    assertThat(fault.struck()).isEqualTo(5);
  }

  @Test
  @Timeout(60)
  void a_fault_with_a_time_is_removed_after_it() throws Exception {
    CountDownLatch removed = new CountDownLatch(1);
    faults.listen(
        new Faults.Listener() {
          @Override
          public void removed(Fault fault) {
            removed.countDown();
          }
        });
    faults.set(FLOOD, Aim.ALL, Duration.ofMillis(20));
    removed.await();
    assertThat(strike()).isNull();
  }

  @Test
  void only_faults_that_name_a_method_strike_by_name() {
    faults.set(FLOOD);
    assertThat(faults.strikeNamed(Fault.Fail.class, () -> SITE)).isNull();
    faults.set(new Fault.Fail(500, "RPC_CALL_FAIL"), Aim.method("messages.sendMessage"));
    assertThat(faults.strikeNamed(Fault.Fail.class, () -> SITE))
        .isEqualTo(new Fault.Fail(500, "RPC_CALL_FAIL"));
  }

  @Test
  void documented_errors_need_no_code() {
    assertThat(Fault.error("FLOOD_WAIT_7")).isEqualTo(new Fault.Fail(420, "FLOOD_WAIT_7"));
    assertThat(Fault.error("CHANNEL_PRIVATE").code()).isIn(400, 406);
    assertThat(Fault.error("Timeout").code()).isLessThan(0);
  }

  @Test
  void a_loop_of_data_centres_goes_round() {
    Fault.MigrateLoop loop = new Fault.MigrateLoop(Fault.Moved.USER, List.of(1, 3));
    assertThat(loop.at(1)).isEqualTo(new Fault.Fail(303, "USER_MIGRATE_3"));
    assertThat(loop.at(3)).isEqualTo(new Fault.Fail(303, "USER_MIGRATE_1"));
    assertThat(loop.includes(2)).isFalse();
  }

  @Test
  void a_fault_of_connections_stays_with_those_it_struck() {
    StandingFault silence = faults.set(new Fault.Silence(), Aim.ALL, 1);
    assertThat(faults.strikeWith(Fault.OfConnection.class, () -> SITE, _ -> true))
        .isSameAs(silence);
    assertThat(faults.strikeWith(Fault.OfConnection.class, () -> SITE, _ -> true)).isNull();
    assertThat(silence.stands()).isTrue();
    assertThat(faults.clear()).isEqualTo(1);
    assertThat(silence.stands()).isFalse();
  }

  @Test
  void a_fault_strikes_those_it_is_meant_for_and_nobody_else() {
    UserId account = new UserId(9);
    for (Aim hit :
        List.of(
            Aim.ALL,
            Aim.key(new KeyId(7)),
            Aim.account(account),
            Aim.dc(2),
            Aim.method("messages.sendMessage"),
            Aim.channel(new ChannelId(5)),
            Aim.dc(2).of(account).calling("messages.sendMessage"))) {
      assertThat(hit.hits(SITE)).as("%s", hit).isTrue();
    }
    for (Aim miss :
        List.of(
            Aim.key(new KeyId(8)),
            Aim.account(new UserId(8)),
            Aim.dc(1),
            Aim.method("messages.getHistory"),
            Aim.channel(new ChannelId(6)),
            Aim.dc(2).in(new ChannelId(6)),
            Aim.dc(1).of(account))) {
      assertThat(miss.hits(SITE)).as("%s", miss).isFalse();
    }
    assertThat(Aim.account(account).hits(FaultSite.of(2, null, null))).isFalse();
  }

  @Test
  void the_first_that_fits_strikes() {
    Fault.Fail other = new Fault.Fail(500, "RPC_CALL_FAIL");
    faults.set(other, Aim.dc(1));
    faults.set(FLOOD, Aim.dc(2), 1);
    faults.set(other, Aim.dc(2));
    assertThat(strike()).isEqualTo(FLOOD);
    assertThat(strike()).isEqualTo(other);
    assertThat(faults.strike(Fault.Fail.class, () -> SITE, fault -> fault.code() == 420)).isNull();
  }

  @Test
  void what_makes_no_sense_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> faults.set(FLOOD, Aim.ALL, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> faults.set(new Fault.Silence(), Aim.method("help.getConfig")))
        .withMessageContaining("silence");
    Fault.ClockSkew skew = new Fault.ClockSkew(Duration.ofHours(1));
    assertThatIllegalArgumentException().isThrownBy(() -> faults.set(skew, Aim.dc(1)));
    Fault.ConnectionLimit limit = new Fault.ConnectionLimit(3, Duration.ofSeconds(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> faults.set(limit, Aim.account(new UserId(1))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> faults.set(new Fault.Silence(), Aim.channel(new ChannelId(5))))
        .withMessageContaining("silence");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> faults.set(new Fault.UnknownMessage(3)))
        .withMessageContaining("channel");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> faults.set(FLOOD, Aim.ALL, Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> new Fault.UnknownMessage(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Fault.ShortPages(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Fault.MigrateLoop(Fault.Moved.USER, List.of(1, 10)));
    assertThatIllegalArgumentException().isThrownBy(() -> Fault.error("NEVER_HEARD_OF"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Fault.Fail(400, "not a name"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Fault.TransportError(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Fault.Slow(Duration.ZERO, -1));
    assertThat(faults.isEmpty()).isTrue();
  }

  @Test
  void whoever_listens_hears_of_what_comes_and_goes() {
    List<String> heard = new ArrayList<>();
    faults.listen(
        new Faults.Listener() {
          @Override
          public void set(Fault fault) {
            heard.add("set " + fault.name());
          }

          @Override
          public void removed(Fault fault) {
            heard.add("removed " + fault.name());
          }
        });
    faults.set(FLOOD, Aim.ALL, 1);
    strike();
    faults.set(new Fault.HalfOpen()).close();
    assertThat(heard)
        .containsExactly("set fail", "removed fail", "set half_open", "removed half_open");
  }

  @Test
  @Timeout(60)
  void many_threads_are_struck_no_more_often_than_was_said() throws Exception {
    faults.set(FLOOD, Aim.ALL, 1_000);
    AtomicInteger struck = new AtomicInteger();
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(
          Thread.startVirtualThread(() -> {
            try {
              go.await();
            } catch (InterruptedException e) {
              return;
            }
            for (int n = 0; n < 500; n++) {
              if (strike() != null) {
                struck.incrementAndGet();
              }
            }
          }));
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(struck).hasValue(1_000);
    assertThat(faults.isEmpty()).isTrue();
  }

  @Test
  void the_clock_is_off_by_the_sum_of_what_stands() {
    Instant exact = Instant.ofEpochSecond(1_750_000_000);
    SkewedClock clock = new SkewedClock(() -> exact, faults);
    assertThat(clock.instant()).isEqualTo(exact);
    StandingFault hour = faults.set(new Fault.ClockSkew(Duration.ofHours(1)));
    faults.set(new Fault.ClockSkew(Duration.ofSeconds(-10)));
    faults.set(FLOOD);
    assertThat(clock.instant()).isEqualTo(exact.plusSeconds(3_590));
    hour.close();
    assertThat(clock.instant()).isEqualTo(exact.minusSeconds(10));
  }

  @Test
  void a_slow_packet_takes_its_delay_and_its_bytes_time() {
    assertThat(new Fault.Slow(Duration.ofMillis(5), 1_000).time(200))
        .isEqualTo(Duration.ofMillis(205));
    assertThat(new Fault.Slow(Duration.ofMillis(5), 0).time(200)).isEqualTo(Duration.ofMillis(5));
  }
}
