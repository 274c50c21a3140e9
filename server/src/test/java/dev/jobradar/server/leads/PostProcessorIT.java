package dev.jobradar.server.leads;

import static dev.jobradar.server.delivery.DeliveryWorld.GO;
import static dev.jobradar.server.delivery.DeliveryWorld.GO_ID;
import static dev.jobradar.server.delivery.DeliveryWorld.JAVA;
import static dev.jobradar.server.delivery.DeliveryWorld.JAVA_ID;
import static dev.jobradar.server.delivery.DeliveryWorld.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.ReceivedPost;
import dev.jobradar.server.channels.ChannelFault;
import dev.jobradar.server.channels.ChannelName;
import dev.jobradar.server.delivery.DeliveryWorld;
import dev.jobradar.server.filter.Explanation;
import dev.jobradar.server.filter.Match;
import dev.jobradar.server.filter.Span;
import dev.jobradar.server.leads.Leads.Query;
import dev.jobradar.server.leads.PostProcessor.OldMatch;
import dev.jobradar.server.storage.Vendor;
import dev.jobradar.server.tasks.PauseReason;
import dev.jobradar.server.tasks.Source;
import dev.jobradar.server.tasks.SourceStatus;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.TaskDraft;
import dev.jobradar.server.tasks.TaskPaused;
import dev.jobradar.server.tasks.TaskStatus;
import dev.jobradar.server.tasks.TasksChanged;
import dev.jobradar.telegram.content.MessageContent;
import dev.jobradar.telegram.content.TextEntity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

@ParameterizedClass
@EnumSource(Vendor.class)
@Timeout(60)
class PostProcessorIT {
  private static final String VACANCY =
      """
      Ищем Java-разработчика в команду платежей

      Что делать: развивать сервис переводов, писать тесты, смотреть код коллег.
      Мы предлагаем удалённую работу, отпуск и обучение за счёт компании.
      Зарплата от 250 000 рублей на руки.
      Пишите @anna_hr
      """;

  /** The same vacancy as somebody else tells it. */
  private static String repost() {
    return "🔥🔥 "
        + VACANCY.replace("Ищем", "ИЩЕМ").replace("@anna_hr", "https://t.me/anna_hr")
        + "\nИсточник: @javajobs #java";
  }

  private final DeliveryWorld world;
  private UserId ann = new UserId(0);

  PostProcessorIT(Vendor vendor) {
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

  private List<Lead> leads() {
    return world.leads.list(ann, Query.ALL, 0, 1_000).leads().reversed();
  }

  private @Nullable Integer last(Task task, ChannelName source) {
    world.intake.storePositions();
    List<Source> sources = world.tasks.find(ann, task.id()).orElseThrow().sources();
    return sources.stream()
        .filter(s -> s.name().equals(source))
        .findFirst()
        .orElseThrow()
        .lastMessageId();
  }

  private @Nullable String position() {
    world.intake.storePositions();
    return world.channels.known(ann, JAVA).orElseThrow().position();
  }

  private void changed(String values) {
    world.database.client().sql("update users set " + values).update();
    world.users.revisions().changed(ann);
  }

  private static TaskDraft status(TaskStatus status, TaskDraft draft) {
    return new TaskDraft(
        draft.name(),
        status,
        draft.include(),
        draft.exclude(),
        draft.alertsPersonal(),
        draft.alertsChannel(),
        draft.mergeReposts(),
        draft.sources());
  }

  @Test
  void a_post_that_matches_is_a_lead_with_all_that_is_known_of_it() throws Exception {
    Task task = world.startedTask(ann, draft(null, List.of("java"), JAVA));
    world.posts(ann, JAVA_ID, world.post(7, "Ищем Java"), world.post(8, "Ищем Go"));
    assertThat(leads())
        .singleElement()
        .isEqualTo(
            new Lead(
                leads().getFirst().id(),
                task.id(),
                JAVA,
                7,
                "https://t.me/javajobs/7",
                MessageContent.of("Ищем Java"),
                "java",
                List.of(new Span(5, 9)),
                world.clock.instant(),
                world.clock.instant(),
                null,
                LeadStatus.NEW,
                false,
                "",
                Lead.Marks.NONE,
                List.of()));
    assertThat(world.events).contains(new LeadsFound(ann, List.of(leads().getFirst().id())));
    assertThat(last(task, JAVA)).isEqualTo(8);
    assertThat(position()).isEqualTo("c9.8");
  }

  @Test
  void the_first_check_only_remembers_the_newest_post() throws Exception {
    Task task = world.task(ann, draft(null, List.of(), JAVA));
    world.resolved(ann, JAVA);
    world.posts(ann, JAVA_ID, world.post(1, "java"), world.post(2, "java"));
    assertThat(leads()).isEmpty();
    assertThat(last(task, JAVA)).isEqualTo(2);
    world.posts(ann, JAVA_ID, world.post(3, "java"));
    assertThat(leads()).extracting(Lead::messageId).containsExactly(3);
  }

  @Test
  void posts_that_come_again_change_nothing() throws Exception {
    Task task = world.startedTask(ann, draft(null, List.of(), JAVA));
    world.posts(ann, JAVA_ID, world.post(1, "a"), world.post(2, "b"));
    world.posts(ann, JAVA_ID, world.post(1, "a"), world.post(2, "b"), world.post(3, "c"));
    world.posts(ann, JAVA_ID, world.post(1, "a"));
    assertThat(leads()).extracting(Lead::messageId).containsExactly(1, 2, 3);
    assertThat(last(task, JAVA)).isEqualTo(3);
    assertThat(position()).isEqualTo("c4.3");
    assertThat(world.deliveries("waiting")).isEqualTo(3);
  }

  @Test
  void one_reading_serves_all_tasks_of_the_user() throws Exception {
    Task one = world.startedTask(ann, draft(null, List.of("java"), JAVA));
    Task two = world.startedTask(ann, draft(null, List.of("go"), GO, JAVA));
    world.posts(ann, JAVA_ID, world.post(1, "java"), world.post(2, "go"), world.post(3, "java go"));
    assertThat(leads())
        .extracting(lead -> lead.task() + " " + lead.messageId())
        .containsExactlyInAnyOrder(
            one.id() + " 1", two.id() + " 2", one.id() + " 3", two.id() + " 3");
    assertThat(last(two, GO)).isZero();
  }

  @Test
  void a_source_that_was_read_further_sees_only_what_is_newer() throws Exception {
    Task one = world.startedTask(ann, draft(null, List.of(), JAVA));
    Task two = world.startedTask(ann, draft(null, List.of(), JAVA));
    world.tasks.seen(two.id(), JAVA, 2);
    world.posts(ann, JAVA_ID, world.post(1, "a"), world.post(2, "b"), world.post(3, "c"));
    assertThat(leads()).filteredOn(l -> l.task().equals(one.id())).hasSize(3);
    assertThat(leads()).filteredOn(l -> l.task().equals(two.id())).hasSize(1);
  }

  @Test
  void somebody_elses_task_sees_nothing_of_it() throws Exception {
    UserId bob = world.user(2);
    world.startedTask(bob, draft(null, List.of(), JAVA));
    world.startedTask(ann, draft(null, List.of(), JAVA));
    world.posts(ann, JAVA_ID, world.post(1, "a"));
    assertThat(world.leads.list(bob, Query.ALL, 0, 10).leads()).isEmpty();
    assertThat(world.leads.find(bob, leads().getFirst().id())).isEmpty();
    assertThat(world.leads.delete(bob, leads().getFirst().id())).isFalse();
    assertThat(world.leads.viewed(bob, leads().getFirst().id())).isFalse();
    assertThat(world.leads.markRead(bob, List.of(leads().getFirst().id()))).isZero();
  }

  @Test
  void tasks_that_stand_still_read_nothing() throws Exception {
    TaskDraft draft = draft(null, List.of(), JAVA);
    Task paused = world.startedTask(ann, draft);
    world.tasks.update(ann, paused.id(), status(TaskStatus.PAUSED, draft));
    world.posts(ann, JAVA_ID, world.post(1, "a"));
    world.tasks.update(ann, paused.id(), status(TaskStatus.RUNNING, draft));
    changed("plan_until = 1");
    world.posts(ann, JAVA_ID, world.post(2, "a"));
    changed("plan_until = null, disabled = true");
    world.posts(ann, JAVA_ID, world.post(3, "a"));
    assertThat(leads()).isEmpty();
    assertThat(last(paused, JAVA)).isNull();
  }

  @Test
  void a_post_that_comes_forgives_a_source_its_error() throws Exception {
    Task task = world.startedTask(ann, draft(null, List.of(), JAVA));
    world.tasks.failed(task.id(), JAVA, new ChannelFault("CHANNEL_PRIVATE", world.clock.instant()));
    world.posts(ann, JAVA_ID, world.post(1, "a"));
    assertThat(leads()).hasSize(1);
    assertThat(world.tasks.of(ann).getFirst().sources().getFirst().status())
        .isEqualTo(SourceStatus.OK);
  }

  @Test
  void our_own_messages_never_match() throws Exception {
    world.startedTask(ann, draft(null, List.of(), JAVA));
    world.posts(
        ann,
        JAVA_ID,
        world.post(1, "🔥 Новый лид\n\nИщем java\n\nИсточник: @golangjobs\nКлюч: java"),
        world.post(2, "🔥 Новые лиды: 1\n\n1. Ищем java\nhttps://t.me/golangjobs/5"));
    assertThat(leads()).isEmpty();
  }

  @Test
  void a_long_text_is_cut_between_characters() throws Exception {
    world.startedTask(ann, draft(null, List.of(), JAVA));
    world.posts(ann, JAVA_ID, world.post(1, "x" + "😀".repeat(25_000)), world.post(2, "a\0b"));
    assertThat(leads().getFirst().text()).hasSize(Lead.MAX_TEXT - 1).endsWith("😀");
    assertThat(leads().getLast().text()).isEqualTo("a b");
  }

  // --- in memory -----------------------------------------------------------------------------

  /** What a restart would find. */
  private @Nullable String storedPosition() {
    return world.channels.known(ann, JAVA).orElseThrow().position();
  }

  @Test
  void a_post_that_nobody_wants_writes_nothing_of_its_own() throws Exception {
    Task task = world.startedTask(ann, draft(null, List.of("java"), JAVA));
    world.posts(ann, JAVA_ID, world.post(1, "java"));
    world.database.failAtStep(1);
    world.posts(ann, JAVA_ID, world.post(2, "go"));
    world.posts(ann, JAVA_ID, world.post(3, "php"));
    assertThat(world.database.failed()).as("the database was not used").isFalse();
    world.database.failAtStep(Integer.MAX_VALUE);
    assertThat(storedPosition()).isEqualTo("c2.1");
    assertThat(position()).isEqualTo("c4.3");
    assertThat(last(task, JAVA)).isEqualTo(3);
  }

  @Test
  void a_position_is_never_ahead_of_a_lead_and_leads_come_once_when_they_are_read_again()
      throws Exception {
    Task task = world.startedTask(ann, draft(null, List.of("java"), JAVA));
    world.posts(ann, JAVA_ID, world.post(1, "java"));
    world.posts(ann, JAVA_ID, world.post(2, "go"));
    world.posts(ann, JAVA_ID, world.post(3, "java too"));
    assertThat(storedPosition()).isEqualTo("c2.1");
    assertThat(leads()).extracting(Lead::messageId).containsExactly(1, 3);
    // As after a crash, from the stored position.
    PostProcessor other = world.newIntake(world.orders());
    other.take(ann, JAVA_ID, List.of(world.post(2, "go"), world.post(3, "java too")), "c4.3");
    other.storePositions();
    assertThat(storedPosition()).isEqualTo("c4.3");
    assertThat(leads()).extracting(Lead::messageId).containsExactly(1, 3);
    assertThat(last(task, JAVA)).isEqualTo(3);
  }

  @Test
  void a_broken_one_among_twenty_costs_only_itself() throws Exception {
    List<UserId> people = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      UserId person = world.user(100 + i);
      world.startedTask(person, draft(null, List.of("java"), JAVA));
      world.posts(person, JAVA_ID, world.post(1, "go"));
      people.add(person);
    }
    DeliveryOrders orders = world.orders();
    UserId unlucky = people.get(7);
    PostProcessor broken =
        world.newIntake(
            new DeliveryOrders() {
              @Override
              public void order(UserId user, LeadId lead) {
                orders.order(user, lead);
                if (user.equals(unlucky)) {
                  world
                      .database
                      .client()
                      .sql("insert into leads (id) values (?)")
                      .param(lead.value())
                      .update();
                }
              }

              @Override
              public void withdraw(UserId user, LeadId lead) {
                orders.withdraw(user, lead);
              }

              @Override
              public void keepBack(UserId user, List<LeadId> leads) {
                orders.keepBack(user, leads);
              }

              @Override
              public void release(UserId user, List<LeadId> leads) {
                orders.release(user, leads);
              }

              @Override
              public void ordered(UserId user) {
                orders.ordered(user);
              }
            });
    List<Callable<Void>> all = new ArrayList<>();
    for (UserId person : people) {
      all.add(() -> {
        for (int id = 2; id <= 6; id++) {
          broken.take(person, JAVA_ID, List.of(world.post(id, "java " + id)), "c" + id + "." + id);
        }
        return null;
      });
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> outcomes = threads.invokeAll(all);
      for (int i = 0; i < people.size(); i++) {
        Future<Void> outcome = outcomes.get(i);
        if (people.get(i).equals(unlucky)) {
          assertThatThrownBy(outcome::get).hasCauseInstanceOf(DataAccessException.class);
        } else {
          outcome.get();
        }
      }
    }
    for (UserId person : people) {
      assertThat(world.leads.list(person, Query.ALL, 0, 50).leads())
          .as("leads of %s, newest first", person)
          .extracting(Lead::messageId)
          .isEqualTo(person.equals(unlucky) ? List.of() : List.of(6, 5, 4, 3, 2));
    }
    assertThat(world.deliveries("waiting")).isEqualTo(19 * 5);
  }

  @Test
  void positions_that_could_not_be_stored_are_stored_the_next_time() throws Exception {
    Task task = world.startedTask(ann, draft(null, List.of("java"), JAVA));
    world.posts(ann, JAVA_ID, world.post(1, "java"));
    world.posts(ann, JAVA_ID, world.post(2, "go"));
    world.intake.accountMoved(ann, "5.6");
    world.database.failAtStep(1);
    assertThatThrownBy(world.intake::storePositions).isInstanceOf(RuntimeException.class);
    assertThat(world.database.failed()).isTrue();
    assertThat(storedPosition()).isEqualTo("c2.1");
    assertThat(position()).isEqualTo("c3.2");
    assertThat(last(task, JAVA)).isEqualTo(2);
    assertThat(world.channels.accountPosition(ann)).contains("5.6");
  }

  @Test
  void a_position_that_was_forgotten_is_not_put_back() throws Exception {
    world.startedTask(ann, draft(null, List.of("java"), JAVA));
    world.posts(ann, JAVA_ID, world.post(1, "java"));
    world.posts(ann, JAVA_ID, world.post(2, "go"));
    world.channels.forgetPositions(ann, List.of());
    assertThat(position()).isNull();
    world.posts(ann, JAVA_ID, world.post(3, "go"));
    assertThat(position()).isEqualTo("c4.3");
  }

  @Test
  void a_post_after_an_edit_is_matched_by_the_new_keywords() throws Exception {
    Task task = world.startedTask(ann, draft(null, List.of("java"), JAVA));
    world.posts(ann, JAVA_ID, world.post(1, "java"), world.post(2, "go"));
    world.tasks.update(ann, task.id(), draft(null, List.of("go"), JAVA));
    world.posts(ann, JAVA_ID, world.post(3, "java"), world.post(4, "go"));
    assertThat(leads()).extracting(Lead::messageId).containsExactly(1, 4);
  }

  @Test
  void a_plan_that_ends_stops_its_tasks_at_once() throws Exception {
    world.startedTask(ann, draft(null, List.of("java"), JAVA));
    changed("plan_until = " + world.clock.instant().plusSeconds(5).toEpochMilli());
    world.posts(ann, JAVA_ID, world.post(1, "java"));
    world.clock.advance(Duration.ofSeconds(5));
    world.posts(ann, JAVA_ID, world.post(2, "java"));
    assertThat(leads()).extracting(Lead::messageId).containsExactly(1);
  }

  @Test
  void a_task_whose_channel_moves_on_without_posts_writes_nothing_either() throws Exception {
    world.startedTask(ann, draft(null, List.of("java"), JAVA));
    world.posts(ann, JAVA_ID, world.post(1, "java"));
    world.database.failAtStep(1);
    assertThat(world.intake.moved(ann, JAVA_ID, "c9.1")).isTrue();
    assertThat(world.database.failed()).isFalse();
    world.database.failAtStep(Integer.MAX_VALUE);
    assertThat(position()).isEqualTo("c9.1");
    assertThat(world.intake.moved(ann, GO_ID, "c9.1")).as("nobody reads it").isFalse();
  }

  @Test
  void what_an_operator_writes_into_the_database_counts_after_a_minute() throws Exception {
    world.startedTask(ann, draft(null, List.of("java"), JAVA));
    world.posts(ann, JAVA_ID, world.post(1, "java"));
    world.database.client().sql("update users set disabled = true").update();
    world.posts(ann, JAVA_ID, world.post(2, "java"));
    world.clock.advance(Duration.ofMinutes(1).plusMillis(1));
    world.posts(ann, JAVA_ID, world.post(3, "java"));
    assertThat(leads()).as("no lead for somebody who is disabled").hasSize(1);
  }

  // --- content -------------------------------------------------------------------------------

  private ReceivedPost part(int id, long album, String text) {
    return new ReceivedPost(
        id, world.clock.instant(), MessageContent.of(text), false, album, null, false);
  }

  @Test
  void an_album_is_one_lead_with_the_words_of_whichever_part_has_them() throws Exception {
    world.startedTask(ann, draft(null, List.of(), JAVA));
    world.posts(ann, JAVA_ID, part(1, 900, ""), part(2, 900, "Ищем повара"), part(3, 900, ""));
    assertThat(leads())
        .singleElement()
        .satisfies(lead -> {
          assertThat(lead.messageId()).isEqualTo(1);
          assertThat(lead.text()).isEqualTo("Ищем повара");
        });
    assertThat(position()).isEqualTo("c4.3");
  }

  @Test
  void a_late_part_of_an_album_makes_no_second_lead() throws Exception {
    world.startedTask(ann, draft(null, List.of(), JAVA));
    world.posts(ann, JAVA_ID, part(1, 900, "Ищем повара"));
    world.posts(ann, JAVA_ID, part(2, 900, "ещё слово"), part(3, 901, "Ищем кассира"));
    assertThat(leads()).extracting(Lead::messageId).containsExactly(1, 3);
  }

  @Test
  void an_exclude_word_in_one_part_excludes_the_whole_album() throws Exception {
    Task task = world.startedTask(ann, draft(null, List.of(), JAVA));
    world.tasks.update(ann, task.id(), excluding("казино"));
    world.posts(ann, JAVA_ID, part(1, 900, "Казино"), part(2, 900, "Ищем крупье"));
    assertThat(leads()).isEmpty();
  }

  private static TaskDraft excluding(String word) {
    return new TaskDraft(
        "Task", TaskStatus.RUNNING, List.of(), List.of(word), true, null, true, List.of(JAVA));
  }

  @Test
  void a_copy_of_a_watched_channels_post_is_another_sighting_of_its_lead() throws Exception {
    world.startedTask(ann, draft(null, List.of("java"), JAVA, GO));
    world.posts(ann, JAVA_ID, world.post(5, "java"));
    world.posts(
        ann,
        GO_ID,
        new ReceivedPost(
            70,
            world.clock.instant(),
            MessageContent.of("java"),
            false,
            null,
            new ReceivedPost.Origin(JAVA_ID, 5),
            false));
    assertThat(leads()).singleElement().satisfies(lead -> assertThat(lead.alsoSeen()).hasSize(1));
  }

  @Test
  void links_are_kept_and_found_by_their_addresses() throws Exception {
    world.startedTask(ann, draft(null, List.of("hh.ru"), JAVA));
    MessageContent content =
        new MessageContent(
            "Откликнуться",
            List.of(
                new TextEntity.Link(0, 12, "https://hh.ru/vacancy/80", TextEntity.Link.Kind.TEXT)),
            false);
    world.posts(
        ann, JAVA_ID, new ReceivedPost(1, world.clock.instant(), content, false, null, null, true));
    assertThat(leads())
        .singleElement()
        .satisfies(lead -> {
          assertThat(lead.content()).isEqualTo(content);
          assertThat(lead.matchedAt()).containsExactly(new Span(0, 12));
        });
  }

  @Test
  void posts_without_words_and_own_posts_are_no_leads() throws Exception {
    world.startedTask(ann, draft(null, List.of(), JAVA));
    world.posts(
        ann, JAVA_ID, world.post(1, " "), new ReceivedPost(2, world.clock.instant(), "java", true));
    assertThat(leads()).isEmpty();
  }

  // --- reposts -------------------------------------------------------------------------------

  @Test
  void a_repost_is_one_lead_that_says_where_else_it_was_seen() throws Exception {
    world.startedTask(ann, draft(null, List.of(), JAVA, GO));
    world.posts(ann, JAVA_ID, world.post(1, VACANCY));
    world.posts(ann, GO_ID, world.post(9, repost()));
    world.posts(ann, GO_ID, world.post(9, repost()), world.post(10, "Нужен тестировщик в банк"));
    assertThat(leads()).extracting(Lead::text).containsExactly(VACANCY, "Нужен тестировщик в банк");
    assertThat(leads().getFirst().alsoSeen())
        .containsExactly(new Sighting(GO, 9, "https://t.me/golangjobs/9", world.clock.instant()));
    assertThat(world.deliveries("waiting")).isEqualTo(2);
  }

  @Test
  void a_vacancy_that_comes_again_much_later_is_a_new_lead() throws Exception {
    world.startedTask(ann, draft(null, List.of(), JAVA));
    world.posts(ann, JAVA_ID, world.post(1, VACANCY));
    world.clock.advance(Duration.ofDays(14).plusMillis(1));
    world.posts(ann, JAVA_ID, world.post(2, repost()));
    assertThat(leads()).hasSize(2);
  }

  @Test
  void what_reposts_are_found_by_is_kept_for_as_long_as_it_is_needed() throws Exception {
    world.startedTask(ann, draft(null, List.of(), JAVA));
    world.posts(ann, JAVA_ID, world.post(1, VACANCY));
    ReceivedPost late = world.post(2, repost());
    RepostIndexPruner old = new RepostIndexPruner(world.database.client(), world.clock);
    world.clock.advance(Duration.ofDays(28));
    assertThat(old.prune()).isZero();
    world.posts(ann, JAVA_ID, late);
    assertThat(leads()).hasSize(1);
    world.posts(ann, JAVA_ID, world.post(3, "Нужен тестировщик в банк"));
    world.clock.advance(Duration.ofMillis(1));
    assertThat(old.prune()).isEqualTo(10);
    assertThat(
            world
                .database
                .client()
                .sql("select count(*) from lead_bands")
                .query(Long.class)
                .single())
        .isEqualTo(10);
    assertThat(leads()).hasSize(2);
  }

  @Test
  void a_task_that_does_not_merge_reposts_has_each_as_a_lead() throws Exception {
    TaskDraft merging = draft(null, List.of(), JAVA);
    world.startedTask(
        ann,
        new TaskDraft(
            "Task",
            TaskStatus.RUNNING,
            merging.include(),
            List.of(),
            true,
            null,
            false,
            merging.sources()));
    world.posts(ann, JAVA_ID, world.post(1, VACANCY), world.post(2, repost()));
    assertThat(leads()).hasSize(2);
  }

  @Test
  void tasks_do_not_share_reposts() throws Exception {
    world.startedTask(ann, draft(null, List.of(), JAVA));
    world.startedTask(ann, draft(null, List.of(), JAVA));
    world.posts(ann, JAVA_ID, world.post(1, VACANCY));
    assertThat(leads()).hasSize(2);
  }

  @Test
  void the_same_words_with_another_contact_are_another_vacancy() throws Exception {
    world.startedTask(ann, draft(null, List.of(), JAVA));
    String other = VACANCY.replace("@anna_hr", "@boris_hr");
    world.posts(ann, JAVA_ID, world.post(1, VACANCY), world.post(2, other));
    assertThat(leads()).extracting(Lead::text).containsExactly(VACANCY, other);
  }

  // --- all or nothing ------------------------------------------------------------------------

  @Test
  void a_batch_is_handled_whole_or_not_at_all_wherever_it_fails() throws Exception {
    Task task = world.startedTask(ann, draft(DeliveryWorld.ALERTS, List.of("java"), JAVA));
    int batch = 1;
    boolean failed = true;
    for (int step = 1; failed; step++) {
      int first = batch;
      ReceivedPost[] posts = {
        world.post(first, "java " + first),
        world.post(first + 1, "go"),
        world.post(first + 2, "java " + (first + 2))
      };
      int known = leads().size();
      world.database.failAtStep(step);
      try {
        world.posts(ann, JAVA_ID, posts);
      } catch (DataAccessException | TransactionException crash) {
        // What a restart finds.
        world.database.failed();
        int stored = leads().size() - known;
        assertThat(stored).as("leads after step %d", step).isIn(0, 2);
        String before = first == 1 ? null : "c" + first + "." + (first - 1);
        String after = "c" + (first + 3) + "." + (first + 2);
        if (stored == 0) {
          assertThat(last(task, JAVA)).isEqualTo(first - 1);
          assertThat(position()).isEqualTo(before);
        } else {
          // Read again, when it is not known that it was stored.
          assertThat(last(task, JAVA)).isIn(first - 1, first + 2);
          assertThat(position()).isIn(before, after);
        }
        assertThat(world.deliveries("waiting")).isEqualTo(2 * (known + stored));
      }
      failed = world.database.failed() && step < 200;
      // The posts come again, as the stored position asks for them.
      world.posts(ann, JAVA_ID, posts);
      assertThat(leads()).hasSize(known + 2);
      batch += 3;
    }
    assertThat(batch).as("there are steps at which it can fail").isGreaterThan(3 * 15);
    assertThat(leads()).extracting(Lead::messageId).doesNotHaveDuplicates();
    assertThat(world.deliveries("waiting")).isEqualTo(2 * leads().size());
  }

  @Test
  void an_order_that_cannot_be_taken_takes_the_lead_back() throws Exception {
    world.startedTask(ann, draft(null, List.of(), JAVA));
    world.intake =
        world.newIntake(
            new DeliveryOrders() {
              @Override
              public void withdraw(UserId user, LeadId lead) {}

              @Override
              public void order(UserId user, LeadId lead) {
                throw new IllegalStateException("on purpose");
              }

              @Override
              public void keepBack(UserId user, List<LeadId> leads) {}

              @Override
              public void release(UserId user, List<LeadId> leads) {}

              @Override
              public void ordered(UserId user) {
                throw new AssertionError("nothing was ordered");
              }
            });
    assertThatThrownBy(() -> world.posts(ann, JAVA_ID, world.post(1, "a")))
        .hasMessage("on purpose");
    assertThat(leads()).isEmpty();
    assertThat(position()).isNull();
    assertThat(world.events).noneMatch(event -> event instanceof LeadsFound);
  }

  @Test
  void new_leads_are_told_of_before_anybody_is_woken_to_send_them() throws Exception {
    world.startedTask(ann, draft(null, List.of(), JAVA));
    List<Boolean> toldBefore = new ArrayList<>();
    DeliveryOrders orders = world.orders();
    world.intake =
        world.newIntake(
            new DeliveryOrders() {
              @Override
              public void withdraw(UserId user, LeadId lead) {}

              @Override
              public void order(UserId user, LeadId lead) {
                orders.order(user, lead);
              }

              @Override
              public void keepBack(UserId user, List<LeadId> leads) {}

              @Override
              public void release(UserId user, List<LeadId> leads) {}

              @Override
              public void ordered(UserId user) {
                toldBefore.add(world.events.stream().anyMatch(LeadsFound.class::isInstance));
              }
            });
    world.posts(ann, JAVA_ID, world.post(1, "a"));
    assertThat(toldBefore).containsExactly(true);
  }

  // --- posts that cannot be handled ----------------------------------------------------------

  /** Breaks when it reads such a text, or matches it against such a keyword. */
  private static final class Brittle implements PostFilter {
    private final PostFilter sound = TestLeads.filter();

    @Override
    public Optional<Reading> read(ReceivedPost post) {
      if (post.text().contains("unreadable")) {
        throw new IndexOutOfBoundsException(post.text());
      }
      return sound.read(post).map(Brittle::brittle);
    }

    private static Reading brittle(Reading reading) {
      return new Reading() {
        @Override
        public Optional<Match> match(List<String> include, List<String> exclude) {
          if (include.contains("broken")) {
            throw new StackOverflowError();
          }
          return reading
              .match(include, exclude)
              .map(match -> new Match(match.keyword() + "\0\ud83d", match.spans()));
        }

        @Override
        public Explanation explain(List<String> include, List<String> exclude) {
          return reading.explain(include, exclude);
        }

        @Override
        public Likeness likeness() {
          return reading.likeness();
        }
      };
    }
  }

  private double steppedOver() {
    return world.meters.get("jobradar.posts.stepped.over").counter().count();
  }

  @Test
  void a_post_on_which_the_filter_breaks_costs_nothing_but_its_own_lead() throws Exception {
    world.filter(new Brittle());
    Task task = world.startedTask(ann, draft(null, List.of("java"), JAVA));
    world.posts(
        ann,
        JAVA_ID,
        world.post(1, "java 1"),
        world.post(2, "java unreadable"),
        world.post(3, "java 3"));
    assertThat(leads()).extracting(Lead::messageId).containsExactly(1, 3);
    assertThat(last(task, JAVA)).isEqualTo(3);
    assertThat(position()).isEqualTo("c4.3");
    assertThat(steppedOver()).isEqualTo(1);
  }

  @Test
  void a_task_on_which_the_filter_breaks_costs_no_other_task_its_lead() throws Exception {
    world.filter(new Brittle());
    world.startedTask(ann, draft(null, List.of("broken"), JAVA));
    Task sound = world.startedTask(ann, draft(null, List.of("java"), JAVA));
    world.posts(ann, JAVA_ID, world.post(1, "java"));
    assertThat(leads()).extracting(Lead::task).containsExactly(sound.id());
    assertThat(world.intake.match(sound, JAVA, List.of(world.post(1, "java unreadable"))))
        .isEmpty();
  }

  private static final List<String> COSTLY = List.of(TestLeads.COSTLY);

  private double tasksPaused() {
    return world.meters.get("jobradar.tasks.paused").counter().count();
  }

  @Test
  void a_task_whose_keywords_are_too_costly_is_paused_and_its_owner_told() throws Exception {
    world.filter(TestLeads.costlyFilter());
    Task costly = world.startedTask(ann, draft(null, COSTLY, JAVA));
    Task sound = world.startedTask(ann, draft(null, List.of("java"), JAVA));

    world.posts(ann, JAVA_ID, world.post(1, "java"), world.post(2, "go"));

    Task paused = world.tasks.find(ann, costly.id()).orElseThrow();
    assertThat(paused.status()).isEqualTo(TaskStatus.PAUSED);
    assertThat(paused.pauseReason()).isEqualTo(PauseReason.KEYWORDS_TOO_COSTLY);
    assertThat(world.events)
        .containsOnlyOnce(new TaskPaused(ann, costly.id(), PauseReason.KEYWORDS_TOO_COSTLY));
    assertThat(world.events.getLast()).isEqualTo(new TasksChanged(ann));
    assertThat(tasksPaused()).isEqualTo(1);
    assertThat(leads())
        .extracting(lead -> lead.task() + " " + lead.messageId())
        .contains(sound.id() + " 1");
    assertThat(last(sound, JAVA)).isEqualTo(2);
    assertThat(world.tasks.find(ann, sound.id()).orElseThrow().isRunning()).isTrue();
    assertThat(steppedOver()).isZero();
  }

  @Test
  void a_task_that_its_owner_paused_meanwhile_gets_no_other_reason() throws Exception {
    world.filter(TestLeads.costlyFilter());
    TaskDraft draft = draft(null, COSTLY, JAVA);
    Task task = world.startedTask(ann, draft);
    world.tasks.update(ann, task.id(), status(TaskStatus.PAUSED, draft));

    world.posts(ann, JAVA_ID, world.post(1, "java"));
    world.intake.pause(task);

    assertThat(world.tasks.find(ann, task.id()).orElseThrow().pauseReason()).isNull();
    assertThat(tasksPaused()).isZero();
  }

  @Test
  void new_keywords_end_the_reason_and_a_new_name_does_not() throws Exception {
    TaskDraft draft = draft(null, COSTLY, JAVA);
    Task task = world.startedTask(ann, draft);
    TaskDraft paused = status(TaskStatus.PAUSED, draft);
    world.intake.pause(task);

    world.tasks.update(ann, task.id(), paused);
    assertThat(world.tasks.find(ann, task.id()).orElseThrow().pauseReason())
        .isEqualTo(PauseReason.KEYWORDS_TOO_COSTLY);

    world.tasks.update(
        ann, task.id(), status(TaskStatus.PAUSED, draft(null, List.of("java"), JAVA)));
    assertThat(world.tasks.find(ann, task.id()).orElseThrow().pauseReason()).isNull();
  }

  @Test
  void posts_new_and_old_are_matched_on_the_threads_that_compute() throws Exception {
    Set<Boolean> virtual = ConcurrentHashMap.newKeySet();
    PostFilter sound = TestLeads.filter();
    world.filter(post -> {
      virtual.add(Thread.currentThread().isVirtual());
      return sound.read(post);
    });
    Task task = world.startedTask(ann, draft(null, List.of("java"), JAVA));
    Thread caller =
        Thread.startVirtualThread(() -> {
          world.posts(ann, JAVA_ID, world.post(1, "java"));
          assertThat(world.intake.match(task, JAVA, List.of(world.post(1, "java")))).hasSize(1);
        });
    caller.join();
    assertThat(leads()).hasSize(1);
    assertThat(virtual).containsExactly(false);
  }

  /** The database will not have a text with this in it, whatever it is tried with. */
  private void refusedByTheDatabase(String part) {
    switch (world.database.settings().vendor()) {
      case SQLITE ->
          world
              .database
              .client()
              .sql(
                  "create trigger no_poison before insert on leads when new.text like '%"
                      + part
                      + "%' begin select raise(abort, 'refused'); end")
              .update();
      case POSTGRESQL ->
          world
              .database
              .client()
              .sql(
                  "alter table leads add constraint no_poison check (text not like '%"
                      + part
                      + "%')")
              .update();
    }
  }

  @Test
  void a_post_that_the_database_will_not_have_costs_nothing_but_its_own_lead() throws Exception {
    world.filter(TestLeads.filter());
    refusedByTheDatabase("poison");
    Task task = world.startedTask(ann, draft(null, List.of("java"), JAVA));
    Task other = world.startedTask(ann, draft(null, List.of("go"), JAVA));
    world.posts(
        ann,
        JAVA_ID,
        world.post(1, "java 1"),
        world.post(2, "java poison"),
        world.post(3, "java go 3"));
    assertThat(leads())
        .extracting(lead -> lead.task() + " " + lead.messageId())
        .containsExactlyInAnyOrder(task.id() + " 1", task.id() + " 3", other.id() + " 3");
    assertThat(last(task, JAVA)).isEqualTo(3);
    assertThat(position()).isEqualTo("c4.3");
    assertThat(world.deliveries("waiting")).isEqualTo(3);
    assertThat(steppedOver()).isEqualTo(1);
  }

  @Test
  void an_old_post_that_the_database_will_not_have_is_left_out_of_its_page() throws Exception {
    refusedByTheDatabase("poison");
    Task task = world.startedTask(ann, draft(null, List.of("java"), JAVA));
    List<OldMatch> page =
        world.intake.match(
            task,
            JAVA,
            List.of(world.post(3, "java 3"), world.post(2, "java poison"), world.post(1, "java")));
    world
        .database
        .transactions()
        .executeWithoutResult(status -> world.intake.store(ann, page, true));
    assertThat(leads()).extracting(Lead::messageId).containsExactly(3, 1);
  }

  @Test
  void characters_that_are_none_break_nothing() throws Exception {
    world.filter(new Brittle());
    world.startedTask(ann, draft(null, List.of("java"), JAVA));
    world.posts(
        ann,
        JAVA_ID,
        world.post(1, "java\0разработчик \0\0" + VACANCY),
        world.post(2, "\udc00 Go, java, сети \ud83d и \uffff"));
    assertThat(leads()).extracting(Lead::messageId).containsExactly(1, 2);
    assertThat(steppedOver()).isZero();
  }

  @Test
  void a_database_that_cannot_be_used_is_waited_for() throws Exception {
    world.startedTask(ann, draft(null, List.of(), JAVA));
    world.database.client().sql("drop table lead_bands").update();
    assertThatThrownBy(() -> world.posts(ann, JAVA_ID, world.post(1, VACANCY)))
        .isInstanceOf(DataAccessException.class);
    assertThat(position()).isNull();
  }

  @Test
  void what_does_not_matter_to_a_task_may_change_while_posts_are_matched() throws Exception {
    Task task = world.startedTask(ann, draft(null, List.of("java"), JAVA));
    PostFilter sound = TestLeads.filter();
    AtomicInteger read = new AtomicInteger();
    world.filter(post -> {
      read.incrementAndGet();
      world.tasks.failed(
          task.id(), JAVA, new ChannelFault("CHANNEL_PRIVATE", world.clock.instant()));
      return sound.read(post);
    });
    world.posts(ann, JAVA_ID, world.post(1, "java"));
    assertThat(leads()).hasSize(1);
    assertThat(read).hasValue(1);
  }

  @Test
  void keywords_that_change_all_the_time_stop_nobodys_posts() throws Exception {
    Task task = world.startedTask(ann, draft(null, List.of("java"), JAVA));
    PostFilter sound = TestLeads.filter();
    AtomicInteger changes = new AtomicInteger();
    world.filter(post -> {
      world.tasks.update(
          ann, task.id(), draft(null, List.of("java", "k" + changes.incrementAndGet()), JAVA));
      return sound.read(post);
    });
    world.posts(ann, JAVA_ID, world.post(1, "java"));
    assertThat(leads()).hasSize(1);
    assertThat(position()).isEqualTo("c2.1");
  }

  // --- old posts -----------------------------------------------------------------------------

  @Test
  void old_posts_become_leads_that_are_sent_only_when_asked() throws Exception {
    Task task = world.startedTask(ann, draft(null, List.of("java"), JAVA));
    world.posts(ann, JAVA_ID, world.post(50, "java 50"));
    List<ReceivedPost> page =
        List.of(world.post(50, "java 50"), world.post(49, "java 49"), world.post(48, "go"));
    List<LeadId> quiet = world.intake.store(ann, world.intake.match(task, JAVA, page), false);
    assertThat(quiet).hasSize(1);
    assertThat(world.intake.store(ann, world.intake.match(task, JAVA, page), false)).isEmpty();
    assertThat(world.deliveries("waiting")).isEqualTo(1);
    List<ReceivedPost> older = List.of(world.post(47, "java 47"));
    world.intake.store(ann, world.intake.match(task, JAVA, older), true);
    assertThat(world.deliveries("waiting")).isEqualTo(2);
    assertThat(leads()).hasSize(3);
    assertThat(last(task, JAVA)).isEqualTo(50);
  }

  // --- for the person ------------------------------------------------------------------------

  @Test
  void lists_are_paged_newest_first() throws Exception {
    Task one = world.startedTask(ann, draft(null, List.of("java"), JAVA));
    Task two = world.startedTask(ann, draft(null, List.of("go"), JAVA));
    for (int i = 1; i <= 5; i++) {
      world.posts(ann, JAVA_ID, world.post(i, "java go " + i));
    }
    Query first = new Query(one.id(), Set.of());
    assertThat(world.leads.list(ann, first, 0, 3).leads())
        .extracting(Lead::messageId)
        .containsExactly(5, 4, 3);
    assertThat(world.leads.list(ann, first, 0, 3).hasMore()).isTrue();
    assertThat(world.leads.list(ann, first, 3, 3).leads())
        .extracting(Lead::messageId)
        .containsExactly(2, 1);
    assertThat(world.leads.list(ann, first, 3, 3).hasMore()).isFalse();
    assertThat(world.leads.list(ann, new Query(two.id(), Set.of()), 0, 10).leads()).hasSize(5);
    LeadId opened = leads().getFirst().id();
    world.leads.viewed(ann, opened);
    assertThat(world.leads.list(ann, new Query(null, LeadStatus.OPENED), 0, 10).leads())
        .extracting(Lead::id)
        .containsExactly(opened);
    assertThat(world.leads.list(ann, new Query(null, Set.of(LeadStatus.NEW)), 0, 10).leads())
        .hasSize(9);
  }

  @Test
  void what_was_opened_and_what_was_shown_are_counted_apart() throws Exception {
    world.startedTask(ann, draft(null, List.of(), JAVA));
    world.posts(ann, JAVA_ID, world.post(1, "a"), world.post(2, "b"), world.post(3, "c"));
    world.leads.viewed(ann, leads().getFirst().id());
    assertThat(world.leads.countNew(ann)).isEqualTo(2);
    assertThat(world.leads.countUnread(ann)).isEqualTo(2);
    assertThat(world.leads.markRead(ann, List.of(leads().get(1).id()))).isEqualTo(1);
    assertThat(world.leads.countUnread(ann)).isEqualTo(1);
    assertThat(world.leads.markAllRead(ann)).isEqualTo(1);
    assertThat(world.leads.countUnread(ann)).isZero();
    assertThat(world.leads.countNew(ann)).isEqualTo(2);
  }

  @Test
  void a_deleted_lead_is_gone_with_its_deliveries_and_does_not_come_back() throws Exception {
    world.startedTask(ann, draft(null, List.of(), JAVA));
    world.posts(ann, JAVA_ID, world.post(1, "a"));
    assertThat(world.leads.delete(ann, leads().getFirst().id())).isTrue();
    assertThat(world.deliveries("waiting")).isZero();
    world.posts(ann, JAVA_ID, world.post(1, "a"));
    assertThat(leads()).isEmpty();
  }
}
