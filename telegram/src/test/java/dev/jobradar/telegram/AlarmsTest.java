package dev.jobradar.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlarmsTest {
  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 0})
  void what_is_overdue_rings_at_once(long at) throws Exception {
    AtomicInteger rung = new AtomicInteger();
    Future<?> alarm = Alarms.set(at, rung::incrementAndGet);
    alarm.get(20, TimeUnit.SECONDS);
    assertThat(rung.get()).isOne();
  }
}
