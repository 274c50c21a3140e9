package dev.jobradar.server.stats;

import static dev.jobradar.server.delivery.DeliveryWorld.GO;
import static dev.jobradar.server.delivery.DeliveryWorld.GO_ID;
import static dev.jobradar.server.delivery.DeliveryWorld.JAVA;
import static dev.jobradar.server.delivery.DeliveryWorld.JAVA_ID;
import static dev.jobradar.server.delivery.DeliveryWorld.draft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.delivery.DeliveryWorld;
import dev.jobradar.server.leads.LeadFilter;
import dev.jobradar.server.leads.LeadInbox;
import dev.jobradar.server.leads.TestLeads;
import dev.jobradar.server.stats.LeadFigures.Share;
import dev.jobradar.server.stats.LeadFigures.TaskShare;
import dev.jobradar.server.storage.Vendor;
import dev.jobradar.server.tasks.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Vendor.class)
@Timeout(60)
class LeadFiguresIT {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

  private final DeliveryWorld world;
  private final LeadFigures figures;
  private final UserId ann;

  LeadFiguresIT(Vendor vendor) {
    world = new DeliveryWorld(vendor);
    figures = new LeadFigures(world.database.client());
    ann = world.user(1);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void post(long channel, int id, String text, Duration age) {
    world.posts(ann, channel, TestLeads.post(id, text, world.clock.instant().minus(age)));
  }

  /** It is 10:00 UTC, which is 20:00 in Vladivostok. */
  @Test
  void a_day_is_one_where_the_person_is_and_has_a_count_even_of_none() throws Exception {
    world.startedTask(ann, draft(null, List.of(), JAVA));
    post(JAVA_ID, 1, "one", Duration.ofHours(1));
    post(JAVA_ID, 2, "two", Duration.ofHours(12));
    post(JAVA_ID, 3, "three", Duration.ofHours(60));
    LocalDate first = TODAY.minusDays(3);
    assertThat(figures.perDay(ann, first, TODAY, ZoneOffset.UTC))
        .isEqualTo(Map.of(first, 1L, TODAY.minusDays(2), 0L, TODAY.minusDays(1), 1L, TODAY, 1L));
    assertThat(figures.perDay(ann, first, TODAY, ZoneId.of("Asia/Vladivostok")))
        .isEqualTo(Map.of(first, 0L, TODAY.minusDays(2), 1L, TODAY.minusDays(1), 0L, TODAY, 2L));
  }

  @Test
  void leads_are_counted_by_task_source_and_keyword_of_their_owner_alone() throws Exception {
    Task java = world.startedTask(ann, draft(null, List.of("java", "kotlin"), JAVA));
    Task all = world.startedTask(ann, draft(null, List.of(), GO));
    post(JAVA_ID, 1, "java one", Duration.ofHours(1));
    post(JAVA_ID, 2, "java two", Duration.ofHours(2));
    post(JAVA_ID, 3, "kotlin", Duration.ofHours(3));
    post(GO_ID, 1, "anything", Duration.ofHours(1));
    post(JAVA_ID, 4, "java of long ago", Duration.ofDays(40));
    Instant since = world.clock.instant().minus(Duration.ofDays(30));
    assertThat(figures.byTask(ann, since))
        .containsExactly(new TaskShare(java.id(), 3), new TaskShare(all.id(), 1));
    assertThat(figures.bySource(ann, since, 10))
        .containsExactly(new Share("javajobs", 3), new Share("golangjobs", 1));
    assertThat(figures.bySource(ann, since, 1)).hasSize(1);
    assertThat(figures.byKeyword(ann, since, 10))
        .containsExactlyInAnyOrder(new Share("java", 2), new Share("kotlin", 1), new Share("", 1));
    assertThat(figures.count(ann, since)).isEqualTo(4);
    assertThat(figures.count(world.user(2), since)).isZero();
    LeadInbox inbox = new LeadInbox(world.database.client(), world.leads);
    world.triage().trash(ann, inbox.ids(ann, LeadFilter.ALL));
    assertThat(figures.count(ann, since)).isZero();
  }

  @Test
  void delays_are_those_from_posts_to_messages() throws Exception {
    world.startedTask(ann, draft(null, List.of(), JAVA));
    Instant since = world.clock.instant().minus(Duration.ofDays(30));
    assertThat(figures.delays(ann, since)).isEmpty();
    for (int i = 1; i <= 10; i++) {
      post(JAVA_ID, i, "post number " + i, Duration.ofSeconds(i));
      world.send(ann);
      world.clock.advance(Duration.ofMinutes(1));
    }
    // Of a search of the history: it says nothing about delays.
    post(JAVA_ID, 11, "of last week", Duration.ofDays(7));
    world
        .database
        .client()
        .sql("update leads set from_history = true where message_id = 11")
        .update();
    world.send(ann);
    LeadFigures.Delays delays = figures.delays(ann, since).orElseThrow();
    assertThat(delays.messages()).isEqualTo(10);
    assertThat(delays.median()).isEqualTo(Duration.ofSeconds(5));
    assertThat(delays.ninety()).isEqualTo(Duration.ofSeconds(9));
    assertThat(delays.longest()).isEqualTo(Duration.ofSeconds(10));
  }
}
