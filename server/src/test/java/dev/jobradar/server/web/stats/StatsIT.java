package dev.jobradar.server.web.stats;

import static dev.jobradar.server.delivery.DeliveryWorld.GO;
import static dev.jobradar.server.delivery.DeliveryWorld.JAVA;
import static dev.jobradar.server.delivery.DeliveryWorld.JAVA_ID;
import static dev.jobradar.server.delivery.DeliveryWorld.draft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.AccountState;
import dev.jobradar.server.channels.ChannelFault;
import dev.jobradar.server.delivery.DeliveryWorld;
import dev.jobradar.server.stats.Totals;
import dev.jobradar.server.storage.Vendor;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.web.TestWeb;
import dev.jobradar.server.web.delivery.TestDeliveryApi;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.json.JsonMapper;

@ParameterizedClass
@EnumSource(Vendor.class)
@Timeout(60)
class StatsIT {
  private final DeliveryWorld world;
  private final UserId ann;
  private final UserId bob;

  StatsIT(Vendor vendor) {
    world = new DeliveryWorld(vendor);
    ann = world.user(1);
    bob = world.user(2);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> stats(UserId user, String query) {
    MvcTestResult result =
        TestWeb.of(
                world.users.find(user).orElseThrow(),
                world.clock,
                new StatsController(
                    new Totals(world.database.client()),
                    world.delivery(),
                    TestDeliveryApi.texts(world.clock),
                    world.clock))
            .get()
            .uri("/api/stats" + query)
            .exchange();
    assertThat(result).hasStatusOk();
    return JsonMapper.shared()
        .readValue(result.getMvcResult().getResponse().getContentAsByteArray(), Map.class);
  }

  @Test
  void nothing_is_counted_for_who_has_nothing() {
    assertThat(stats(ann, ""))
        .containsEntry("tasks_total", 0)
        .containsEntry("leads_total", 0)
        .containsEntry("sources_ok", 0)
        .extractingByKey("deliveries")
        .hasFieldOrPropertyWithValue("waiting", 0)
        .hasFieldOrPropertyWithValue("hold", null);
  }

  @Test
  void everything_is_counted_for_its_owner_alone() throws Exception {
    Task task = world.startedTask(ann, draft(null, List.of(), JAVA, GO));
    world.tasks.failed(task.id(), GO, new ChannelFault("NO_SUCH_NAME", null));
    world.posts(ann, JAVA_ID, world.post(1_001, "java one"), world.post(1_002, "java two"));
    world.leads.viewed(
        ann,
        world
            .leads
            .list(ann, dev.jobradar.server.leads.Leads.Query.ALL, 0, 1)
            .leads()
            .getFirst()
            .id());
    assertThat(stats(ann, ""))
        .containsEntry("tasks_total", 1)
        .containsEntry("tasks_running", 1)
        .containsEntry("leads_total", 2)
        .containsEntry("leads_new", 1)
        .containsEntry("leads_today", 2)
        .containsEntry("sources_ok", 1)
        .containsEntry("sources_invalid", 1)
        .containsEntry("sources_error", 0);
    assertThat(stats(bob, "")).containsEntry("leads_total", 0).containsEntry("tasks_total", 0);
  }

  @Test
  void a_day_begins_where_the_person_is() throws Exception {
    world.startedTask(ann, draft(null, List.of(), JAVA));
    // At 10:00 UTC, which is 20:00 in Vladivostok.
    world.posts(ann, JAVA_ID, world.post(1_001, "java one"));
    world.clock.advance(Duration.ofHours(5));
    assertThat(stats(ann, "")).containsEntry("leads_today", 1);
    assertThat(stats(ann, "?tz=Asia/Vladivostok")).containsEntry("leads_today", 0);
    assertThat(
            TestWeb.of(
                    world.users.find(ann).orElseThrow(),
                    world.clock,
                    new StatsController(
                        new Totals(world.database.client()),
                        world.delivery(),
                        TestDeliveryApi.texts(world.clock),
                        world.clock))
                .get()
                .uri("/api/stats?tz=Mars"))
        .hasStatus(400);
  }

  @Test
  void what_deliveries_wait_for_is_told_in_words() throws Exception {
    world.startedTask(ann, draft(null, List.of(), JAVA));
    world.accounts.state(ann, new AccountState.SessionEnded("SESSION_REVOKED"));
    world.posts(ann, JAVA_ID, world.post(1_001, "java one"));
    assertThat(stats(ann, ""))
        .extractingByKey("deliveries")
        .hasFieldOrPropertyWithValue("waiting", 1)
        .hasFieldOrPropertyWithValue("hold", "session_ended")
        .hasFieldOrPropertyWithValue(
            "detail", "Telegram завершил сеанс. Войдите заново, и лиды придут.");
  }
}
