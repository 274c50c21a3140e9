package dev.jobradar.server.leads;

import static dev.jobradar.server.delivery.DeliveryWorld.GO;
import static dev.jobradar.server.delivery.DeliveryWorld.GO_ID;
import static dev.jobradar.server.delivery.DeliveryWorld.JAVA;
import static dev.jobradar.server.delivery.DeliveryWorld.JAVA_ID;
import static dev.jobradar.server.delivery.DeliveryWorld.draft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.AccountException;
import dev.jobradar.server.account.ReceivedPost;
import dev.jobradar.server.delivery.DeliveryWorld;
import dev.jobradar.server.leads.LeadChanged.Change;
import dev.jobradar.server.leads.Leads.Query;
import dev.jobradar.server.storage.Vendor;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.tasks.TaskDraft;
import dev.jobradar.server.tasks.TaskStatus;
import dev.jobradar.telegram.content.MessageContent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of leads when their posts change, and of posts that begin to match. */
@ParameterizedClass
@EnumSource(Vendor.class)
@Timeout(60)
class ChangedPostsIT {
  private static final String VAGUE = "Новая вакансия, описание сейчас добавлю";
  private static final String FULL = "Новая вакансия: Java-разработчик, писать @demo_hr";

  private final DeliveryWorld world;
  private UserId ann = new UserId(0);

  ChangedPostsIT(Vendor vendor) {
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

  private Task javaTask() throws Exception {
    return world.startedTask(ann, draft(null, List.of("java"), JAVA));
  }

  private Task task(List<String> include, List<String> exclude) throws Exception {
    TaskDraft draft = draft(null, include, JAVA);
    return world.startedTask(
        ann,
        new TaskDraft(
            draft.name(), TaskStatus.RUNNING, include, exclude, true, null, true, draft.sources()));
  }

  private List<Lead> leads() {
    return world.leads.list(ann, Query.ALL, 0, 1_000).leads().reversed();
  }

  private Lead lead() {
    assertThat(leads()).hasSize(1);
    return leads().getFirst();
  }

  @Test
  void an_edit_that_concerns_nobody_is_looked_up_once_for_all_users() throws Exception {
    UserId ben = world.user(2);
    UserId cat = world.user(3);
    for (UserId user : List.of(ann, ben, cat)) {
      world.startedTask(user, draft(null, List.of("java"), JAVA));
      world.posts(user, JAVA_ID, world.post(1, "go"));
      world.posts(user, JAVA_ID, world.post(2, "php"));
    }
    world.edited(ann, JAVA_ID, edit(2, "php"));
    world.edited(ann, JAVA_ID, edit(2, "perl"));
    world.database.failAtStep(1);
    for (UserId user : List.of(ben, cat)) {
      world.edited(user, JAVA_ID, edit(2, "php"));
      world.edited(user, JAVA_ID, edit(2, "perl"));
    }
    assertThat(world.database.failed()).as("the database was used").isFalse();
    world.edited(ben, JAVA_ID, edit(2, "perl or java"));
    assertThat(world.leads.list(ben, Query.ALL, 0, 10).leads())
        .extracting(Lead::text)
        .containsExactly("perl or java");
    world.edited(ben, JAVA_ID, edit(2, "perl"));
    assertThat(world.leads.list(ben, Query.ALL, 0, 10).leads())
        .as("it is known that the post is somebody's lead by now")
        .allMatch(lead -> lead.marks().withdrawnAt() != null);
    assertThat(leads()).isEmpty();
  }

  private ReceivedPost edit(int id, String text) {
    return edit(id, text, world.clock.instant());
  }

  private ReceivedPost edit(int id, String text, Instant posted) {
    return new ReceivedPost(
        id, posted, MessageContent.of(text), false, null, null, false, world.clock.instant());
  }

  private List<Change> changes() {
    return world.events.stream()
        .filter(LeadChanged.class::isInstance)
        .map(event -> ((LeadChanged) event).change())
        .toList();
  }

  // --- edits ---------------------------------------------------------------------------------

  @Test
  void a_post_that_begins_to_match_by_an_edit_is_a_lead_once() throws Exception {
    javaTask();
    world.posts(ann, JAVA_ID, world.post(1, VAGUE));
    assertThat(leads()).isEmpty();
    world.edited(ann, JAVA_ID, edit(1, FULL));
    world.edited(ann, JAVA_ID, edit(1, FULL));
    assertThat(lead().text()).isEqualTo(FULL);
    assertThat(lead().marks())
        .as("it was never a lead with another text")
        .isEqualTo(Lead.Marks.NONE);
    assertThat(world.deliveries("waiting")).isEqualTo(1);
    assertThat(world.events).contains(new LeadsFound(ann, List.of(lead().id())));
    world.send(ann);
    world.edited(ann, JAVA_ID, edit(1, FULL));
    world.send(ann);
    assertThat(world.accounts.texts("self")).hasSize(1);
  }

  @Test
  void an_edit_without_another_content_makes_no_lead() throws Exception {
    // The words that decide have changed since the post came, and the post itself has not.
    Task task = task(List.of("java"), List.of());
    world.posts(ann, JAVA_ID, world.post(1, "Ищем Go"));
    world.tasks.update(ann, task.id(), draft(null, List.of("go"), JAVA));
    world.edited(ann, JAVA_ID, edit(1, "Ищем Go"));
    assertThat(leads()).isEmpty();
  }

  @Test
  void an_old_post_and_one_that_nobody_saw_begin_nothing() throws Exception {
    javaTask();
    Instant posted = world.clock.instant();
    world.posts(ann, JAVA_ID, world.post(1, VAGUE));
    world.edited(ann, JAVA_ID, edit(5, FULL));
    world.clock.advance(Duration.ofDays(2));
    world.edited(ann, JAVA_ID, edit(1, FULL, posted));
    assertThat(leads()).isEmpty();
  }

  @Test
  void the_lead_of_an_edited_post_has_its_new_text_and_is_not_sent_again() throws Exception {
    javaTask();
    world.posts(ann, JAVA_ID, world.post(1, "Ищем java"));
    world.send(ann);
    world.clock.advance(Duration.ofMinutes(5));
    world.edited(ann, JAVA_ID, edit(1, "Ищем на java, от 200 000"));
    assertThat(lead().text()).isEqualTo("Ищем на java, от 200 000");
    assertThat(lead().matchedAt().getFirst().start()).isEqualTo(8);
    assertThat(lead().marks().editedAt()).isEqualTo(world.clock.instant());
    assertThat(changes()).containsExactly(Change.EDITED);
    world.edited(ann, JAVA_ID, edit(1, "Ищем на java, от 200 000"));
    assertThat(changes()).hasSize(1);
    world.send(ann);
    assertThat(world.accounts.texts("self")).singleElement().asString().contains("Ищем java");
  }

  @Test
  void a_message_that_may_have_arrived_stays_what_it_is() throws Exception {
    javaTask();
    world.posts(ann, JAVA_ID, world.post(1, "Ищем java"));
    world.accounts.loseNextAnswer(new AccountException.Unreachable(null, null));
    world.send(ann);
    world.edited(ann, JAVA_ID, edit(1, "Ищем java и go"));
    world.clock.advance(Duration.ofMinutes(10));
    world.send(ann);
    assertThat(world.accounts.texts("self")).singleElement().asString().contains("Ищем java\n");
    assertThat(world.deliveries("sent")).isEqualTo(1);
  }

  @Test
  void what_was_not_sent_yet_is_sent_as_it_is_by_then() throws Exception {
    javaTask();
    world.posts(ann, JAVA_ID, world.post(1, "Ищем java"));
    world.edited(ann, JAVA_ID, edit(1, "Ищем java и go"));
    world.send(ann);
    assertThat(world.accounts.texts("self")).singleElement().asString().contains("java и go");
  }

  @Test
  void a_lead_that_stops_to_match_is_called_back_or_marked_and_never_removed() throws Exception {
    task(List.of("java"), List.of("закрыта"));
    world.posts(ann, JAVA_ID, world.post(1, "Ищем java"), world.post(2, "Нужен java middle"));
    world.edited(ann, JAVA_ID, edit(1, "Ищем java. Вакансия закрыта"));
    assertThat(world.deliveries("cancelled")).isEqualTo(1);
    world.send(ann);
    assertThat(world.accounts.texts("self")).singleElement().asString().contains("middle");
    world.edited(ann, JAVA_ID, edit(2, "Нужен java middle. Закрыта"));
    assertThat(leads()).hasSize(2).allMatch(lead -> lead.marks().withdrawnAt() != null);
    assertThat(changes()).containsExactly(Change.WITHDRAWN, Change.WITHDRAWN);
    // Open again: the one that was never sent is sent, the other one is not sent again.
    world.edited(ann, JAVA_ID, edit(1, "Ищем java, снова"));
    world.edited(ann, JAVA_ID, edit(2, "Нужен java middle, снова"));
    assertThat(leads()).allMatch(lead -> lead.marks().withdrawnAt() == null);
    world.send(ann);
    assertThat(world.accounts.texts("self")).hasSize(2);
  }

  @Test
  void a_lead_that_its_owner_deleted_does_not_come_back() throws Exception {
    javaTask();
    world.posts(ann, JAVA_ID, world.post(1, VAGUE));
    world.edited(ann, JAVA_ID, edit(1, FULL));
    assertThat(world.leads.delete(ann, lead().id())).isTrue();
    world.edited(ann, JAVA_ID, edit(1, FULL + "!"));
    assertThat(leads()).isEmpty();
  }

  @Test
  void each_user_has_the_lead_of_an_edit() throws Exception {
    UserId bob = world.user(2);
    javaTask();
    world.startedTask(bob, draft(null, List.of("java"), JAVA));
    for (UserId each : List.of(ann, bob)) {
      world.posts(each, JAVA_ID, world.post(1, VAGUE));
    }
    for (UserId each : List.of(ann, bob)) {
      world.edited(each, JAVA_ID, edit(1, FULL));
    }
    assertThat(leads()).hasSize(1);
    assertThat(world.leads.list(bob, Query.ALL, 0, 10).leads()).hasSize(1);
  }

  @Test
  void a_paused_task_keeps_its_leads_true_and_begins_none() throws Exception {
    Task task = javaTask();
    world.posts(ann, JAVA_ID, world.post(1, "Ищем java"), world.post(2, VAGUE));
    world.startedTask(ann, draft(null, List.of("kotlin"), JAVA));
    TaskDraft draft = draft(null, List.of("java"), JAVA);
    world.tasks.update(
        ann,
        task.id(),
        new TaskDraft(
            draft.name(),
            TaskStatus.PAUSED,
            draft.include(),
            List.of(),
            true,
            null,
            true,
            draft.sources()));
    world.edited(ann, JAVA_ID, edit(1, "Ищем java, от 300"));
    world.edited(ann, JAVA_ID, edit(2, FULL));
    assertThat(lead().text()).isEqualTo("Ищем java, от 300");
  }

  // --- deletions -----------------------------------------------------------------------------

  @Test
  void the_lead_of_a_deleted_post_is_marked_and_stays() throws Exception {
    javaTask();
    world.startedTask(ann, draft(null, List.of("java"), GO));
    world.posts(ann, JAVA_ID, world.post(1, "Ищем java"), world.post(2, "java"));
    world.posts(ann, GO_ID, world.post(1, "Другой java"));
    world.clock.advance(Duration.ofMinutes(5));
    world.changed().deleted(ann, JAVA_ID, List.of(1, 7));
    Instant deleted = world.clock.instant();
    world.clock.advance(Duration.ofMinutes(5));
    world.changed().deleted(ann, JAVA_ID, List.of(1));
    assertThat(leads())
        .extracting(lead -> lead.marks().deletedAt())
        .containsExactly(deleted, null, null);
    assertThat(changes()).containsExactly(Change.DELETED);
  }

  // --- albums --------------------------------------------------------------------------------

  private ReceivedPost part(int id, long album, String text) {
    return new ReceivedPost(
        id, world.clock.instant(), MessageContent.of(text), false, album, null, false);
  }

  @Test
  void a_late_part_of_an_album_calls_its_lead_back_when_it_excludes() throws Exception {
    task(List.of(), List.of("казино"));
    ReceivedPost first = part(1, 900, "Ищем крупье");
    ReceivedPost late = part(2, 900, "Казино на море");
    world.accounts.posted(JAVA_ID, first, late);
    world.posts(ann, JAVA_ID, first);
    assertThat(leads()).hasSize(1);
    world.posts(ann, JAVA_ID, late);
    assertThat(lead().marks().withdrawnAt()).isNotNull();
    assertThat(lead().text()).isEqualTo("Ищем крупье\n\nКазино на море");
    assertThat(world.deliveries("cancelled")).isEqualTo(1);
    world.send(ann);
    assertThat(world.accounts.texts("self")).isEmpty();
  }

  @Test
  void a_late_part_marks_a_lead_that_was_sent_and_completes_one_that_matches() throws Exception {
    task(List.of(), List.of("казино"));
    ReceivedPost[] parts = {
      part(1, 900, "Ищем крупье"),
      part(2, 900, "Казино"),
      part(3, 901, "Повар"),
      part(4, 901, "Кафе")
    };
    world.accounts.posted(JAVA_ID, parts);
    world.posts(ann, JAVA_ID, parts[0]);
    world.send(ann);
    world.posts(ann, JAVA_ID, parts[1], parts[2]);
    world.posts(ann, JAVA_ID, parts[3]);
    assertThat(leads())
        .extracting(lead -> lead.text() + " " + (lead.marks().withdrawnAt() != null))
        .containsExactly("Ищем крупье\n\nКазино true", "Повар\n\nКафе false");
    world.send(ann);
    assertThat(world.accounts.texts("self")).hasSize(2);
  }

  @Test
  void an_album_whose_first_part_excludes_makes_no_lead_by_a_late_one() throws Exception {
    task(List.of("повар"), List.of("казино"));
    ReceivedPost first = part(1, 900, "Казино на море");
    ReceivedPost late = part(2, 900, "Нужен повар");
    world.accounts.posted(JAVA_ID, first, late);
    world.posts(ann, JAVA_ID, first);
    world.posts(ann, JAVA_ID, late);
    assertThat(leads()).isEmpty();
  }

  @Test
  void words_in_two_parts_that_came_apart_match_together() throws Exception {
    task(List.of("повар удалённо"), List.of());
    ReceivedPost first = part(1, 900, "Нужен повар");
    ReceivedPost late = part(2, 900, "Можно удалённо");
    world.accounts.posted(JAVA_ID, first, late);
    world.posts(ann, JAVA_ID, first);
    world.posts(ann, JAVA_ID, late);
    assertThat(lead().text()).isEqualTo("Нужен повар\n\nМожно удалённо");
    assertThat(lead().messageId()).isEqualTo(1);
  }

  @Test
  void an_edited_caption_changes_the_lead_of_its_album() throws Exception {
    task(List.of("повар"), List.of());
    ReceivedPost[] parts = {part(1, 900, "Нужен повар"), part(2, 900, "Кафе на углу")};
    world.posts(ann, JAVA_ID, parts);
    ReceivedPost edited = part(1, 900, "Нужен повар, от 100");
    world.accounts.posted(JAVA_ID, edited, parts[1]);
    world.edited(ann, JAVA_ID, edited);
    assertThat(lead().text()).isEqualTo("Нужен повар, от 100\n\nКафе на углу");
    assertThat(lead().marks().editedAt()).isNotNull();
  }

  // --- what is missing of posts --------------------------------------------------------------

  private ReceivedPost beginning(int id, String text) {
    MessageContent content = new MessageContent(text, List.of(), true);
    return new ReceivedPost(id, world.clock.instant(), content, false, null, null, false);
  }

  @Test
  void a_post_of_which_only_the_beginning_came_is_fetched_before_it_is_matched() throws Exception {
    javaTask();
    world.accounts.whole(JAVA_ID, world.post(1, "Вакансии недели … java-разработчик"));
    world.posts(ann, JAVA_ID, beginning(1, "Вакансии недели"), world.post(2, "Ищем java"));
    assertThat(leads()).hasSize(2);
    assertThat(leads().getFirst().text()).endsWith("java-разработчик");
    assertThat(leads().getFirst().marks().incomplete()).isFalse();
    assertThat(world.accounts.log()).filteredOn(call -> call.startsWith("whole")).hasSize(1);
  }

  @Test
  void a_wait_is_obeyed_and_the_beginning_is_matched_and_said() throws Exception {
    javaTask();
    world.accounts.failNext(
        new AccountException.FloodWait("messages.getRichMessage", Duration.ofSeconds(60), null));
    world.posts(ann, JAVA_ID, beginning(1, "Вакансии: java"), beginning(2, "java и другое"));
    world.posts(ann, JAVA_ID, beginning(3, "Ещё java"));
    assertThat(leads()).hasSize(3).allMatch(lead -> lead.marks().incomplete());
    assertThat(world.accounts.log()).filteredOn(call -> call.startsWith("whole")).hasSize(1);
    world.send(ann);
    assertThat(world.accounts.texts("self").getFirst()).contains("только начало поста");
  }

  // --- protected channels --------------------------------------------------------------------

  @Test
  void a_lead_of_a_protected_channel_holds_an_excerpt_alone() throws Exception {
    world.accounts.forbidsCopies(JAVA.value(), true);
    javaTask();
    String text =
        "а".repeat(50) + " " + "слово ".repeat(100) + "ищем java здесь" + " ещё".repeat(200);
    world.posts(ann, JAVA_ID, world.post(1, text));
    assertThat(lead().text()).hasSizeLessThan(210).contains("java").startsWith("…").endsWith("…");
    int at = lead().matchedAt().getFirst().start();
    assertThat(lead().text().substring(at)).startsWith("java");
    assertThat(lead().marks().excerptOnly()).isTrue();
    world.send(ann);
    assertThat(world.accounts.texts("self"))
        .singleElement()
        .asString()
        .contains("java")
        .contains("запрещает копирование")
        .hasSizeLessThan(500);
  }
}
