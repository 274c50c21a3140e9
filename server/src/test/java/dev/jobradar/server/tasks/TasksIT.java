package dev.jobradar.server.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.channels.ChannelFault;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.storage.TestDatabase;
import dev.jobradar.server.storage.Vendor;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Vendor.class)
@Timeout(60)
class TasksIT {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final ChannelName JAVA = new ChannelName("javajobs");
  private static final ChannelName GO = new ChannelName("golangjobs");

  private final TestDatabase database;
  private final List<Object> published = Collections.synchronizedList(new ArrayList<>());
  private final Tasks tasks;
  private final UserId ann;
  private final UserId bob;

  TasksIT(Vendor vendor) {
    database = TestDatabase.open(vendor);
    tasks = TestTasks.create(database, published::add, InstantSource.fixed(NOW));
    ann = user(1);
    bob = user(2);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private UserId user(long telegramId) {
    return new UserId(
        database
            .client()
            .sql(
                "insert into users (telegram_user_id, phone, created_at, updated_at)"
                    + " values (?, '7', 0, 0) returning id")
            .param(telegramId)
            .query(Long.class)
            .single());
  }

  private static TaskDraft draft(TaskStatus status, ChannelName... sources) {
    return new TaskDraft(
        "Java",
        status,
        List.of("java разработчик"),
        List.of("стажёр"),
        true,
        null,
        true,
        List.of(sources));
  }

  private Task created(ChannelName... sources) {
    return tasks.create(ann, draft(TaskStatus.RUNNING, sources), 3).orElseThrow();
  }

  @Test
  void what_was_stored_is_read_back() {
    Task task = created(JAVA, GO);
    assertThat(tasks.find(ann, task.id())).contains(task);
    assertThat(task.include()).containsExactly("java разработчик");
    assertThat(task.exclude()).containsExactly("стажёр");
    assertThat(task.sources()).extracting(Source::name).containsExactly(JAVA, GO);
    assertThat(published).containsExactly(new TasksChanged(ann));
  }

  @Test
  void somebody_elses_task_does_not_exist() {
    Task task = created(JAVA);
    assertThat(tasks.find(bob, task.id())).isEmpty();
    assertThat(tasks.update(bob, task.id(), draft(TaskStatus.PAUSED, GO))).isEmpty();
    assertThat(tasks.delete(bob, task.id())).isFalse();
    assertThat(tasks.of(bob)).isEmpty();
    assertThat(tasks.of(ann)).containsExactly(task);
  }

  @Test
  void no_more_tasks_than_the_limit_are_created_however_many_ask_at_once() throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(4);
    Callable<Boolean> create =
        () -> {
          barrier.await();
          return tasks.create(ann, draft(TaskStatus.RUNNING, JAVA), 1).isPresent();
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int succeeded = 0;
      for (Future<Boolean> done : threads.invokeAll(Collections.nCopies(4, create))) {
        succeeded += done.get() ? 1 : 0;
      }
      assertThat(succeeded).isEqualTo(1);
    }
    assertThat(tasks.count(ann)).isEqualTo(1);
  }

  @Test
  void a_source_that_stays_keeps_its_place_and_is_forgiven_its_error() {
    Task task = created(JAVA, GO);
    tasks.seen(task.id(), JAVA, 41);
    tasks.failed(task.id(), JAVA, new ChannelFault("CHANNEL_PRIVATE", NOW.plusSeconds(60)));
    Task edited = tasks.update(ann, task.id(), draft(TaskStatus.RUNNING, JAVA)).orElseThrow();
    assertThat(edited.sources())
        .singleElement()
        .isEqualTo(new Source(task.id(), JAVA, SourceStatus.OK, 41, null, 0, null));
  }

  @Test
  void a_resumed_task_starts_at_the_newest_post() {
    Task task = created(JAVA);
    tasks.seen(task.id(), JAVA, 41);
    tasks.update(ann, task.id(), draft(TaskStatus.PAUSED, JAVA));
    assertThat(tasks.find(ann, task.id()).orElseThrow().sources().getFirst().lastMessageId())
        .isEqualTo(41);
    tasks.update(ann, task.id(), draft(TaskStatus.RUNNING, JAVA));
    assertThat(tasks.find(ann, task.id()).orElseThrow().sources().getFirst().lastMessageId())
        .isNull();
  }

  @Test
  void what_was_seen_never_goes_back() {
    Task task = created(JAVA);
    tasks.seen(task.id(), JAVA, 41);
    tasks.seen(task.id(), JAVA, 40);
    assertThat(tasks.find(ann, task.id()).orElseThrow().sources().getFirst().lastMessageId())
        .isEqualTo(41);
  }

  @Test
  void errors_are_counted_until_a_post_is_seen() {
    Task task = created(JAVA);
    tasks.failed(task.id(), JAVA, new ChannelFault("TIMEOUT", NOW.plusSeconds(60)));
    tasks.failed(task.id(), JAVA, new ChannelFault("TIMEOUT", NOW.plusSeconds(120)));
    assertThat(tasks.of(ann).getFirst().sources().getFirst())
        .isEqualTo(
            new Source(
                task.id(), JAVA, SourceStatus.ERROR, null, "TIMEOUT", 2, NOW.plusSeconds(120)));
    tasks.seen(task.id(), JAVA, 1);
    assertThat(tasks.of(ann).getFirst().sources().getFirst().errorCount()).isZero();
  }

  @Test
  void only_users_with_running_tasks_are_to_be_monitored() {
    created(JAVA);
    tasks.create(bob, draft(TaskStatus.PAUSED, JAVA), 1);
    assertThat(tasks.usersWithRunningTasks()).containsExactly(ann);
    database.client().sql("update users set disabled = true").update();
    assertThat(tasks.usersWithRunningTasks()).isEmpty();
  }

  @Test
  void a_deleted_task_is_gone() {
    Task task = created(JAVA);
    assertThat(tasks.delete(ann, task.id())).isTrue();
    assertThat(tasks.of(ann)).isEmpty();
    assertThat(tasks.delete(ann, task.id())).isFalse();
  }
}
