package dev.jobradar.server.web.leads;

import static dev.jobradar.server.delivery.DeliveryWorld.GO;
import static dev.jobradar.server.delivery.DeliveryWorld.JAVA;
import static dev.jobradar.server.delivery.DeliveryWorld.JAVA_ID;
import static dev.jobradar.server.delivery.DeliveryWorld.draft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.delivery.DeliveryWorld;
import dev.jobradar.server.leads.Lead;
import dev.jobradar.server.leads.Leads.Query;
import dev.jobradar.server.storage.Vendor;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.TestWeb;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@ParameterizedClass
@EnumSource(Vendor.class)
@Timeout(60)
class LeadsApiIT {
  private final DeliveryWorld world;
  private UserId ann = new UserId(0);
  private UserId bob = new UserId(0);

  LeadsApiIT(Vendor vendor) {
    world = new DeliveryWorld(vendor);
  }

  @BeforeEach
  void people() throws Exception {
    ann = world.user(1);
    bob = world.user(2);
    world.startedTask(ann, draft(null, List.of("java"), JAVA));
  }

  @AfterEach
  void close() {
    world.close();
  }

  private MockMvcTester as(@Nullable UserId id) {
    User user = id == null ? null : world.users.find(id).orElseThrow();
    return TestWeb.of(
        user,
        world.clock,
        new LeadsController(
            world.leads, world.tasks, world.intake, new LeadTexts(TestWeb.messages())));
  }

  private void posts(int count) {
    for (int i = 1; i <= count; i++) {
      world.posts(ann, JAVA_ID, world.post(i, "java number " + i));
    }
  }

  private Lead newest() {
    return world.leads.list(ann, Query.ALL, 0, 1).leads().getFirst();
  }

  @Test
  void a_lead_is_answered_with_all_that_is_known_of_it() {
    world.posts(ann, JAVA_ID, world.post(7, "Ищем Java"));
    Lead lead = newest();
    assertThat(as(ann).get().uri("/api/leads/{id}", lead.id().value()))
        .hasStatusOk()
        .bodyJson()
        .isStrictlyEqualTo(
            """
            {"id": %d, "task_id": %d, "text": "Ищем Java", "source_channel": "javajobs",
             "source_message_id": 7, "source_url": "https://t.me/javajobs/7",
             "matched_keyword": "java", "matched_at": [[5, 9]],
             "posted_at": "2026-03-01T10:00:00Z", "found_at": "2026-03-01T10:00:00Z",
             "delivered_at": null, "status": "new", "is_read": false, "edited_at": null,
             "deleted_at": null, "withdrawn_at": null, "excerpt_only": false,
             "incomplete": false, "notes": [], "also_seen": []}
            """
                .formatted(lead.id().value(), lead.task().value()));
  }

  @Test
  void what_became_of_a_post_is_said_in_words() {
    world.posts(ann, JAVA_ID, world.post(7, "Ищем Java"));
    world.clock.advance(Duration.ofMinutes(1));
    world.edited(ann, JAVA_ID, world.post(7, "Ищем Java и Go"));
    world.changed().deleted(ann, JAVA_ID, List.of(7));
    assertThat(as(ann).get().uri("/api/leads/{id}", newest().id().value()))
        .hasStatusOk()
        .bodyJson()
        .isLenientlyEqualTo(
            """
            {"text": "Ищем Java и Go", "edited_at": "2026-03-01T10:01:00Z",
             "deleted_at": "2026-03-01T10:01:00Z", "withdrawn_at": null,
             "notes": ["Пост удалён в канале.", "Пост изменён: здесь его новый текст."]}
            """);
  }

  @Test
  void pages_say_whether_more_follow() {
    posts(3);
    assertThat(as(ann).get().uri("/api/leads?page=1&limit=2"))
        .bodyJson()
        .isLenientlyEqualTo(
            "{leads: [{source_message_id: 3}, {source_message_id: 2}], has_more: true}");
    assertThat(as(ann).get().uri("/api/leads?page=2&limit=2"))
        .bodyJson()
        .isLenientlyEqualTo("{leads: [{source_message_id: 1}], has_more: false}");
  }

  @Test
  void pages_are_bounded() {
    for (String query : List.of("page=0", "limit=0", "limit=101", "page=x", "status=old")) {
      assertThat(as(ann).get().uri("/api/leads?" + query))
          .as(query)
          .hasStatus(400)
          .hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
    }
  }

  @Test
  void what_was_viewed_is_no_longer_new() {
    posts(2);
    long id = newest().id().value();
    assertThat(as(ann).put().uri("/api/leads/{id}/viewed", id))
        .bodyJson()
        .isLenientlyEqualTo("{status: viewed, is_read: true}");
    assertThat(as(ann).get().uri("/api/leads/new"))
        .bodyJson()
        .isLenientlyEqualTo("{leads: [{source_message_id: 1}], has_more: false}");
    assertThat(as(ann).get().uri("/api/leads?status=viewed"))
        .bodyJson()
        .isLenientlyEqualTo("{leads: [{source_message_id: 2}]}");
    assertThat(as(ann).get().uri("/api/leads/new/count"))
        .bodyJson()
        .isStrictlyEqualTo("{count: 1}");
    assertThat(as(ann).get().uri("/api/leads/unread-count"))
        .bodyJson()
        .isStrictlyEqualTo("{count: 1}");
  }

  @Test
  void some_or_all_are_marked_as_read() {
    posts(3);
    String some = "{\"ids\": [" + newest().id().value() + "]}";
    assertThat(
            as(ann)
                .post()
                .uri("/api/leads/mark-read")
                .contentType(MediaType.APPLICATION_JSON)
                .content(some))
        .bodyJson()
        .isStrictlyEqualTo("{count: 1}");
    assertThat(as(ann).post().uri("/api/leads/mark-read"))
        .bodyJson()
        .isStrictlyEqualTo("{count: 2}");
    assertThat(as(ann).get().uri("/api/leads/unread-count"))
        .bodyJson()
        .isStrictlyEqualTo("{count: 0}");
    assertThat(as(ann).get().uri("/api/leads/new/count"))
        .bodyJson()
        .isStrictlyEqualTo("{count: 3}");
  }

  @Test
  void the_leads_of_a_task_are_listed_alone() throws Exception {
    Task other = world.startedTask(ann, draft(null, List.of("number"), JAVA, GO));
    posts(1);
    assertThat(as(ann).get().uri("/api/leads/task/{id}", other.id().value()))
        .bodyJson()
        .isLenientlyEqualTo("{leads: [{matched_keyword: number}], has_more: false}");
  }

  @Test
  void a_deleted_lead_is_gone() {
    posts(1);
    long id = newest().id().value();
    assertThat(as(ann).delete().uri("/api/leads/{id}", id)).hasStatusOk();
    assertThat(as(ann).delete().uri("/api/leads/{id}", id)).hasStatus(404);
    assertThat(as(ann).get().uri("/api/leads/{id}", id)).hasStatus(404);
  }

  @Test
  void somebody_elses_lead_or_task_does_not_exist() {
    posts(1);
    Lead lead = newest();
    long id = lead.id().value();
    assertThat(as(bob).get().uri("/api/leads/{id}", id)).hasStatus(404);
    assertThat(as(bob).put().uri("/api/leads/{id}/viewed", id)).hasStatus(404);
    assertThat(as(bob).delete().uri("/api/leads/{id}", id)).hasStatus(404);
    assertThat(as(bob).get().uri("/api/leads/task/{id}", lead.task().value())).hasStatus(404);
    assertThat(as(bob).get().uri("/api/leads")).bodyJson().isLenientlyEqualTo("{leads: []}");
    assertThat(as(bob).post().uri("/api/leads/mark-read"))
        .bodyJson()
        .isStrictlyEqualTo("{count: 0}");
    assertThat(newest()).isEqualTo(lead);
  }

  @Test
  void leads_are_closed_to_nobody_and_to_who_has_no_plan() {
    assertThat(as(null).get().uri("/api/leads")).hasStatus(401);
    world.database.client().sql("update users set plan_until = 1").update();
    assertThat(as(ann).get().uri("/api/leads")).hasStatus(403);
  }
}
