package dev.jobradar.server.leads;

import static dev.jobradar.server.delivery.DeliveryWorld.GO;
import static dev.jobradar.server.delivery.DeliveryWorld.GO_ID;
import static dev.jobradar.server.delivery.DeliveryWorld.JAVA;
import static dev.jobradar.server.delivery.DeliveryWorld.JAVA_ID;
import static dev.jobradar.server.delivery.DeliveryWorld.draft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.delivery.DeliveryWorld;
import dev.jobradar.server.storage.Vendor;
import dev.jobradar.server.tasks.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Vendor.class)
@Timeout(120)
class LeadInboxIT {
  private final DeliveryWorld world;
  private final Vendor vendor;
  private final LeadInbox inbox;
  private final LeadTriage triage;
  private final UserId ann;
  private final UserId bob;

  LeadInboxIT(Vendor vendor) {
    this.vendor = vendor;
    world = new DeliveryWorld(vendor);
    inbox = new LeadInbox(world.database.client(), world.leads);
    triage = world.triage();
    ann = world.user(1);
    bob = world.user(2);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void post(int id, String text, Duration age) {
    world.posts(ann, JAVA_ID, TestLeads.post(id, text, world.clock.instant().minus(age)));
  }

  private List<Integer> messages(LeadFilter filter) {
    return inbox.page(ann, filter, null, 50).leads().stream().map(Lead::messageId).toList();
  }

  private static LeadFilter search(String words) {
    return new LeadFilter(null, null, null, Set.of(), null, null, words, false);
  }

  private Lead lead(int message) {
    return inbox.page(ann, LeadFilter.ALL, null, 50).leads().stream()
        .filter(each -> each.messageId() == message)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void old_posts_that_were_found_late_stand_where_their_time_is() throws Exception {
    world.startedTask(ann, draft(null, List.of(), JAVA));
    post(11, "today", Duration.ZERO);
    post(12, "from a search of the history", Duration.ofDays(30));
    post(13, "yesterday", Duration.ofDays(1));
    assertThat(messages(LeadFilter.ALL)).containsExactly(11, 13, 12);
  }

  @Test
  void pages_follow_each_other_without_gap_or_repeat_while_leads_come() throws Exception {
    world.startedTask(ann, draft(null, List.of(), JAVA));
    for (int i = 1; i <= 7; i++) {
      // Some of the same second.
      post(i, "post number " + i, Duration.ofMinutes(10 - i / 2));
    }
    List<Integer> read = new ArrayList<>();
    LeadCursor after = null;
    int next = 100;
    do {
      LeadInbox.Page page = inbox.page(ann, LeadFilter.ALL, after, 2);
      page.leads().forEach(each -> read.add(each.messageId()));
      after = page.next();
      post(next++, "just now " + next, Duration.ZERO);
    } while (after != null && read.size() < 50);
    assertThat(read).containsExactly(7, 6, 5, 4, 3, 2, 1);
  }

  @Test
  void a_cursor_is_read_as_it_was_written() {
    LeadCursor cursor = new LeadCursor(Instant.ofEpochMilli(1_772_359_200_000L), new LeadId(17));
    assertThat(LeadCursor.parse(cursor.text())).contains(cursor);
    for (String text : List.of("", "1", "1-", "-1-1", "x-y", "1-2-3", "9".repeat(30) + "-1")) {
      assertThat(LeadCursor.parse(text)).as(text).isEmpty();
    }
  }

  @Test
  void a_filter_finds_what_it_says() throws Exception {
    Task java = world.startedTask(ann, draft(null, List.of("java", "kotlin"), JAVA));
    Task go = world.startedTask(ann, draft(null, List.of("go"), GO));
    post(1, "java", Duration.ofDays(3));
    post(2, "kotlin", Duration.ofDays(2));
    post(3, "java middle", Duration.ofDays(1));
    world.posts(ann, GO_ID, TestLeads.post(4, "go", world.clock.instant()));
    Instant now = world.clock.instant();
    triage.mark(ann, List.of(lead(1).id()), LeadStatus.SAVED);
    triage.mark(ann, List.of(lead(2).id()), LeadStatus.REJECTED);
    assertThat(messages(new LeadFilter(go.id(), null, null, Set.of(), null, null, "", false)))
        .containsExactly(4);
    assertThat(messages(new LeadFilter(java.id(), GO, null, Set.of(), null, null, "", false)))
        .isEmpty();
    assertThat(messages(new LeadFilter(null, JAVA, null, Set.of(), null, null, "", false)))
        .containsExactly(3, 2, 1);
    assertThat(messages(new LeadFilter(null, null, "java", Set.of(), null, null, "", false)))
        .containsExactly(3, 1);
    Set<LeadStatus> decided = Set.of(LeadStatus.SAVED, LeadStatus.REJECTED);
    assertThat(messages(LeadFilter.ALL.with(decided))).containsExactly(2, 1);
    assertThat(
            messages(
                new LeadFilter(
                    null,
                    null,
                    null,
                    Set.of(),
                    now.minus(Duration.ofDays(2)),
                    now.minus(Duration.ofDays(1)),
                    "",
                    false)))
        .containsExactly(2);
  }

  @Test
  void counts_go_by_the_filter_without_its_statuses() throws Exception {
    world.startedTask(ann, draft(null, List.of(), JAVA));
    for (int i = 1; i <= 5; i++) {
      post(i, i % 2 == 0 ? "java " + i : "go " + i, Duration.ofMinutes(i));
    }
    triage.mark(ann, List.of(lead(1).id(), lead(2).id()), LeadStatus.SEEN);
    LeadInbox.Page page = inbox.page(ann, search("go").with(Set.of(LeadStatus.SEEN)), null, 50);
    assertThat(page.leads()).extracting(Lead::messageId).containsExactly(1);
    assertThat(page.counts()).isEqualTo(Map.of(LeadStatus.NEW, 2L, LeadStatus.SEEN, 1L));
    assertThat(page.count(Set.of())).isEqualTo(3);
    assertThat(page.count(Set.of(LeadStatus.NEW))).isEqualTo(2);
  }

  @Test
  void a_search_finds_russian_words_in_any_case_and_the_words_of_notes() throws Exception {
    world.startedTask(ann, draft(null, List.of(), JAVA));
    post(1, "Ищем РАЗРАБОТЧИКА, удалённо", Duration.ofMinutes(1));
    post(2, "Ищем дизайнера", Duration.ofMinutes(2));
    triage.note(ann, lead(2).id(), "Позвонить Разработчикам");
    assertThat(messages(search("разработчик"))).containsExactly(1, 2);
    assertThat(messages(search("Удаленно ищем"))).containsExactly(1);
    assertThat(messages(search("100%"))).isEmpty();
    assertThat(messages(search("_"))).isEmpty();
    assertThat(messages(search("'; drop table leads; --"))).isEmpty();
    triage.note(ann, lead(2).id(), " ");
    assertThat(messages(search("позвонить"))).isEmpty();
    assertThat(messages(search("дизайнер"))).containsExactly(2);
  }

  @Test
  void a_search_finds_what_the_post_says_today() throws Exception {
    world.startedTask(ann, draft(null, List.of("java"), JAVA));
    world.posts(ann, JAVA_ID, world.post(1, "java, москва"));
    world.edited(ann, JAVA_ID, world.post(1, "java, казань"));
    assertThat(messages(search("казань"))).containsExactly(1);
    assertThat(messages(search("москва"))).isEmpty();
  }

  @Test
  void leads_of_an_earlier_version_become_searchable() throws Exception {
    world.startedTask(ann, draft(null, List.of(), JAVA));
    for (int i = 1; i <= 230; i++) {
      post(i, "Разработчик " + i, Duration.ofMinutes(i));
    }
    world.database.client().sql("delete from lead_words").update();
    triage.note(ann, lead(1).id(), "заметка");
    new LeadWords(world.database.client()).prune();
    assertThat(inbox.ids(ann, search("РАЗРАБОТЧИК"))).hasSize(230);
    assertThat(messages(search("заметка"))).containsExactly(1);
  }

  @Test
  void somebody_elses_leads_are_not_found() throws Exception {
    world.startedTask(ann, draft(null, List.of(), JAVA));
    post(1, "java", Duration.ZERO);
    LeadId id = lead(1).id();
    assertThat(inbox.page(bob, LeadFilter.ALL, null, 10).leads()).isEmpty();
    assertThat(inbox.page(bob, search("java"), null, 10).counts()).isEmpty();
    assertThat(inbox.among(bob, LeadFilter.ALL, List.of(id))).isEmpty();
    assertThat(inbox.among(ann, LeadFilter.ALL, List.of(id, new LeadId(99)))).hasSize(1);
    assertThat(inbox.ids(bob, LeadFilter.ALL)).isEmpty();
  }

  @Test
  void ten_thousand_leads_are_paged_searched_and_counted() throws Exception {
    Task task = world.startedTask(ann, draft(null, List.of(), JAVA));
    manyLeads(task, 10_000);
    new LeadWords(world.database.client()).prune();
    assertThat(inbox.page(ann, search("разраб москва"), null, 30).leads()).isNotEmpty();
    print("first page", () -> inbox.page(ann, LeadFilter.ALL, null, 30));
    LeadCursor deep =
        new LeadCursor(world.clock.instant().minus(Duration.ofHours(150)), new LeadId(1));
    print("page 300", () -> inbox.page(ann, LeadFilter.ALL, deep, 30));
    print("search for two words", () -> inbox.page(ann, search("разраб москва"), null, 30));
    print("search without a hit", () -> inbox.page(ann, search("нетникого"), null, 30));
    print(
        "by keyword",
        () ->
            inbox.page(
                ann,
                new LeadFilter(null, null, "java", Set.of(), null, null, "", false),
                null,
                30));
    print("unread", () -> inbox.countNew(ann));
    assertThat(inbox.page(ann, LeadFilter.ALL, null, 30).count(Set.of())).isEqualTo(10_000);
  }

  private void print(String what, Runnable work) {
    for (int i = 0; i < 5; i++) {
      work.run();
    }
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long begun = System.nanoTime();
      work.run();
      best = Math.min(best, System.nanoTime() - begun);
    }
    System.out.printf(Locale.ROOT, "10,000 leads, %s, %s: %.1f ms%n", vendor, what, best / 1e6);
  }

  /** Straight into the database: posts of a hundred words out of three thousand. */
  private void manyLeads(Task task, int count) {
    Random random = new Random(7);
    List<String> words = new ArrayList<>(List.of("разработчик", "москва", "java", "удалённо"));
    while (words.size() < 3_000) {
      StringBuilder word = new StringBuilder();
      for (int i = 2 + random.nextInt(9); i >= 0; i--) {
        word.append((char) ('а' + random.nextInt(32)));
      }
      words.add(word.toString());
    }
    world
        .database
        .transactions()
        .executeWithoutResult(_ -> {
          List<Object[]> rows = new ArrayList<>();
          for (int i = 1; i <= count; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = 0; j < 100; j++) {
              text.append(words.get(random.nextInt(words.size()))).append(' ');
            }
            if (i % 50 == 0) {
              text.append("Разработчик в Москву, Москва");
            }
            rows.add(
                new Object[] {
                  ann.value(),
                  task.id().value(),
                  "javajobs",
                  i,
                  text.toString(),
                  "https://t.me/javajobs/" + i,
                  i % 3 == 0 ? "java" : "разработчик москва",
                  world.clock.instant().minus(Duration.ofMinutes(i)).toEpochMilli(),
                  world.clock.millis()
                });
          }
          world
              .database
              .template()
              .batchUpdate(
                  """
                  insert into leads (user_id, task_id, source, message_id, text, url,
                    matched_keyword, posted_at, found_at)
                  values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                  """,
                  rows);
        });
  }
}
