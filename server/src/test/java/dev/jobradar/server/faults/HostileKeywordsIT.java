package dev.jobradar.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.server.backfill.BackfillStatus;
import dev.jobradar.server.backfill.Backfills;
import dev.jobradar.server.faults.FaultyWorld.Person;
import dev.jobradar.server.pacing.CpuPool;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * One user keeps the processors busy with keywords and posts made for it. Nobody else notices:
 * leads arrive, liveness answers, people sign in.
 */
@Timeout(240)
class HostileKeywordsIT {
  /** The dearest within what is allowed for a post. */
  private static final List<String> KEYWORDS =
      IntStream.range(0, 100).mapToObj(i -> "a ".repeat(90) + "z" + i).toList();

  private static final String POST = "a ".repeat(2_040);

  @Test
  void while_one_user_computes_others_get_leads_and_sign_in_and_liveness_answers()
      throws Exception {
    try (FaultyWorld world = new FaultyWorld();
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      world.awaitWatched();
      Person hostile = world.people.getFirst();
      List<Person> others = world.people.subList(1, world.people.size());
      for (String channel : world.channels) {
        for (int i = 0; i < 100; i++) {
          world.sandbox.post(channel, POST);
        }
      }
      AtomicBoolean enough = new AtomicBoolean();
      List<CompletableFuture<?>> endless = new ArrayList<>();
      CpuPool cpu = world.part(CpuPool.class);
      try {
        // As many as the user could ever have, and none of them ends.
        for (int i = 0; i < 8; i++) {
          endless.add(
              CompletableFuture.runAsync(
                  () -> {
                    try {
                      cpu.run(
                          hostile.id(),
                          () -> {
                            long until = System.nanoTime() + 1_000_000;
                            while (System.nanoTime() < until) {
                              Thread.onSpinWait();
                            }
                            return !enough.get();
                          });
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  },
                  callers));
        }
        CompletableFuture<HttpResponse<String>> preview =
            CompletableFuture.supplyAsync(
                () ->
                    world.send(
                        hostile,
                        "/api/tasks/preview",
                        Map.of("sources", world.channels, "include_keywords", KEYWORDS)),
                callers);
        assertThat(
                world
                    .send(
                        hostile,
                        "/api/tasks/" + world.task(hostile) + "/backfill",
                        Map.of("wanted", 100))
                    .statusCode())
            .isEqualTo(200);
        world.await(() -> cpu.size() >= 10, () -> "previews and backfills compute");

        world.post(1);
        world.awaitDelivered(others);
        assertThat(world.liveness()).isEqualTo(200);
        assertThat(world.startSignIn(others.getFirst())).isEqualTo(200);

        assertThat(endless).noneMatch(CompletableFuture::isDone);
        enough.set(true);
        assertThat(preview.join().statusCode()).isEqualTo(200);
      } finally {
        enough.set(true);
      }
      CompletableFuture.allOf(endless.toArray(CompletableFuture[]::new)).join();
      Backfills backfills = world.part(Backfills.class);
      world.await(
          () ->
              backfills.of(hostile.id()).stream()
                  .allMatch(each -> each.status() == BackfillStatus.DONE),
          () -> "the histories are read");
      world.awaitDelivered(world.people);
      world.await(() -> cpu.size() == 0, () -> "nothing computes any more");
    }
  }
}
