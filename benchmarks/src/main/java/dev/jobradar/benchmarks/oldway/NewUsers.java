package dev.jobradar.benchmarks.oldway;

import dev.jobradar.benchmarks.SandboxChild;
import dev.jobradar.benchmarks.oldway.Service.Visitor;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** Users of the service, who have signed in and made their tasks over its HTTP API. */
final class NewUsers implements Way {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Service service;
  private final List<Visitor> visitors = new ArrayList<>();
  private final List<Long> accounts = new ArrayList<>();

  private NewUsers(Service service) {
    this.service = service;
  }

  /** Signs them in, and waits until every source was looked at for the first time. */
  static NewUsers open(Service service, SandboxChild sandbox, Options options)
      throws IOException, InterruptedException, SQLException {
    NewUsers users = new NewUsers(service);
    for (int user = 0; user < options.users(); user++) {
      Visitor visitor = service.signIn(user);
      users.visitors.add(visitor);
      users.accounts.add(
          sandbox
              .ask(Map.of("do", "messages", "phone", visitor.phone(), "limit", 1), "messages")
              .path("user_id")
              .asLong());
    }
    service.planForAll();
    for (int user = 0; user < options.users(); user++) {
      for (Watch task : Watch.of(user)) {
        users.task(user, task.keyword(), "running", task.sources(), List.of(task.keyword()));
      }
    }
    for (Visitor visitor : users.visitors) {
      users.awaitLookedAt(visitor);
    }
    return users;
  }

  private long task(
      int user, String name, String status, List<String> sources, List<String> keywords)
      throws IOException, InterruptedException {
    return service
        .post(
            visitors.get(user),
            "/api/tasks",
            Map.of(
                "name", name, "status", status, "sources", sources, "include_keywords", keywords))
        .path("id")
        .asLong();
  }

  private void awaitLookedAt(Visitor visitor) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isLookedAt(service.get(visitor, "/api/tasks"))) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the service does not get round to all sources");
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static boolean isLookedAt(JsonNode tasks) {
    for (JsonNode task : tasks.path("tasks")) {
      for (JsonNode source : task.path("source_states")) {
        if (!source.path("last_message_id").isNumber()) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public List<Long> accounts() {
    return accounts;
  }

  @Override
  public int backfill(String channel, int wanted) throws IOException, InterruptedException {
    long task = task(0, "Everything", "paused", List.of(channel), List.of());
    long id =
        service
            .post(
                visitors.getFirst(),
                "/api/tasks/" + task + "/backfill",
                Map.of("source", channel, "wanted", wanted))
            .path("backfills")
            .path(0)
            .path("id")
            .asLong();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      JsonNode state = service.get(visitors.getFirst(), "/api/backfills/" + id);
      if (state.path("status").asString("").equals("done")) {
        return state.path("found").asInt();
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the backfill does not end: " + state.path("status"));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
