package dev.jobradar.server.web.delivery;

import static dev.jobradar.server.delivery.DeliveryWorld.ALERTS;
import static dev.jobradar.server.delivery.DeliveryWorld.JAVA;
import static dev.jobradar.server.delivery.DeliveryWorld.JAVA_ID;
import static dev.jobradar.server.delivery.DeliveryWorld.draft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.account.AccountException;
import dev.jobradar.server.account.AccountState;
import dev.jobradar.server.delivery.DeliveryWorld;
import dev.jobradar.server.storage.Vendor;
import dev.jobradar.server.tasks.Task;
import dev.jobradar.server.web.TestWeb;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@Timeout(60)
class DeliveryApiIT {
  @Test
  void a_person_sees_what_their_leads_wait_for_and_where_they_do_not_arrive() throws Exception {
    try (DeliveryWorld world = new DeliveryWorld(Vendor.SQLITE)) {
      UserId ann = world.user(1);
      Task task = world.startedTask(ann, draft(ALERTS, List.of(), JAVA));
      world.accounts.refuse(
          "channel " + DeliveryWorld.ALERTS_ID,
          new AccountException.Refused("CHAT_WRITE_FORBIDDEN", null));
      world.posts(ann, JAVA_ID, world.post(1, "java"));
      world.send(ann);
      world.posts(ann, JAVA_ID, world.post(2, "go"));
      world.accounts.state(ann, new AccountState.SessionEnded("SESSION_REVOKED"));
      MockMvcTester web =
          TestWeb.of(
              world.users.find(ann).orElseThrow(),
              world.clock,
              new DeliveryController(world.delivery()));
      assertThat(web.get().uri("/api/deliveries"))
          .bodyJson()
          .isStrictlyEqualTo(
              """
              {"waiting": 2, "hold": "session_ended", "detail": "SESSION_REVOKED", "until": null,
               "problems": [{"task_id": %d, "destination": "myalerts",
                             "error": "CHAT_WRITE_FORBIDDEN", "at": "2026-03-01T10:00:00Z"}]}
              """
                  .formatted(task.id().value()));
    }
  }
}
