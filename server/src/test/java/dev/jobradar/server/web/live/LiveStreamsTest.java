package dev.jobradar.server.web.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.web.ProblemException;
import dev.jobradar.testsupport.Eventually;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LiveStreamsTest {
  private static final UserId ANN = new UserId(1);
  private static final UserId BOB = new UserId(2);

  private final LiveStreams streams = new LiveStreams(new SimpleMeterRegistry());

  @BeforeEach
  void start() {
    streams.start();
  }

  @AfterEach
  void stop() {
    streams.stop();
  }

  /** A page that notes what it was told. */
  private static class Page implements LiveStream.Output {
    final LinkedBlockingQueue<String> log = new LinkedBlockingQueue<>();

    @Override
    public void send(LiveEvent event) throws IOException {
      log.add(event.name());
    }

    @Override
    public void keepAlive() throws IOException {
      log.add("still here");
    }

    @Override
    public void end() {
      log.add("end");
    }

    String next() throws InterruptedException {
      return String.valueOf(log.poll(30, TimeUnit.SECONDS));
    }
  }

  private <P extends Page> P listening(UserId user, P page) {
    streams.open(user, page).start();
    return page;
  }

  private static LiveEvent event(String name) {
    return new LiveEvent(name, "");
  }

  @Test
  void a_page_is_told_what_happens_to_its_person_and_to_nobody_else() throws Exception {
    Page first = listening(ANN, new Page());
    Page second = listening(ANN, new Page());
    Page other = listening(BOB, new Page());
    streams.tell(ANN, event("a"));
    streams.tell(BOB, event("b"));
    streams.tell(ANN, event("c"));
    for (Page page : new Page[] {first, second}) {
      assertThat(page.next()).isEqualTo("ready");
      assertThat(page.next()).isEqualTo("a");
      assertThat(page.next()).isEqualTo("c");
    }
    assertThat(other.next()).isEqualTo("ready");
    assertThat(other.next()).isEqualTo("b");
  }

  @Test
  void a_page_that_does_not_keep_up_is_dropped_and_nobody_waits_for_it() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    Page slow =
        new Page() {
          @Override
          public void send(LiveEvent event) throws IOException {
            super.send(event);
            writing.countDown();
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException broken) {
              throw new IOException(broken);
            }
          }
        };
    listening(ANN, slow);
    Page quick = listening(ANN, new Page());
    assertThat(writing.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(quick.next()).isEqualTo("ready");
    for (int i = 0; i <= LiveStream.CAPACITY; i++) {
      streams.tell(ANN, event("event " + i));
      assertThat(quick.next()).isEqualTo("event " + i);
    }
    assertThat(slow.next()).isEqualTo("ready");
    assertThat(slow.next()).isEqualTo("end");
    assertThat(streams.size()).isEqualTo(1);
  }

  @Test
  void a_page_that_has_gone_is_forgotten() throws Exception {
    Page page =
        new Page() {
          @Override
          public void send(LiveEvent event) throws IOException {
            if (event.name().equals("lost")) {
              throw new IOException("the reader has gone");
            }
            super.send(event);
          }
        };
    listening(ANN, page);
    assertThat(page.next()).isEqualTo("ready");
    streams.tell(ANN, event("lost"));
    assertThat(page.next()).isEqualTo("end");
    awaitSize(0);
  }

  private void awaitSize(int size) {
    Eventually.await(size + " streams", () -> streams.size() == size);
  }

  @Test
  void one_person_has_so_many_pages_and_another_one_theirs() throws Exception {
    Page first = listening(ANN, new Page());
    for (int i = 1; i < LiveStreams.MAX_PER_USER; i++) {
      listening(ANN, new Page());
    }
    assertThatThrownBy(() -> streams.open(ANN, new Page()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.code()).isEqualTo("live_too_many"));
    listening(BOB, new Page());
    assertThat(first.next()).isEqualTo("ready");
    streams.close(ANN);
    assertThat(first.next()).isEqualTo("end");
    listening(ANN, new Page());
    awaitSize(2);
  }

  @Test
  void a_silent_stream_is_kept_alive_and_does_not_live_for_ever() throws Exception {
    Page page = new Page();
    CountDownLatch ended = new CountDownLatch(1);
    LiveStream stream =
        new LiveStream(page, Duration.ofMillis(20), Duration.ofMillis(200), ended::countDown);
    stream.start();
    assertThat(page.next()).isEqualTo("still here");
    assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(page.log).last().isEqualTo("end");
    assertThat(stream.offer(event("late"))).isFalse();
  }

  @Test
  void all_streams_end_with_the_service_and_none_begins_after_it() throws Exception {
    Page page = listening(ANN, new Page());
    assertThat(page.next()).isEqualTo("ready");
    streams.stop();
    assertThat(page.next()).isEqualTo("end");
    assertThat(streams.size()).isZero();
    assertThatThrownBy(() -> streams.open(ANN, new Page()))
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.code()).isEqualTo("unavailable"));
  }
}
