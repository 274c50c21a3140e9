package dev.jobradar.clients.example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.clients.MemoryStore;
import dev.jobradar.clients.UserId;
import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.telegram.session.SessionString;
import dev.jobradar.testsupport.Eventually;
import dev.jobradar.testsupport.SandboxClients;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** What {@code docs/user-clients.md} shows. */
@Isolated("reads what the JVM prints")
@Timeout(60)
class UserClientsPageIT {
  @Test
  void the_program_says_hello_through_each_users_one_client() throws Exception {
    try (Sandbox sandbox = Sandbox.builder().withoutChannels().strict(true).start()) {
      MemoryStore store = new MemoryStore();
      List<UserId> users = List.of(new UserId(1), new UserId(2));
      store.put(users.getFirst(), SessionString.parse(sandbox.accounts(1).getFirst()).session());
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      PrintStream usual = System.out;
      try (PrintStream out = new PrintStream(bytes, true, UTF_8)) {
        System.setOut(out);
        ManyAccounts.run(SandboxClients.options(sandbox).build(), store, users);
      } finally {
        System.setOut(usual);
      }
      assertThat(bytes.toString(UTF_8).lines())
          .containsExactly("user 1: said hello", "user 2: has not signed in");
      assertThat(sandbox.stats().maxOpenPerAccount()).isEqualTo(1);
      Eventually.await("no connection", () -> sandbox.stats().connections() == 0);
    }
  }

  @Test
  void the_page_shows_the_program_that_is_compiled() throws Exception {
    String source =
        Files.readString(Path.of("src/test/java/dev/jobradar/clients/example/ManyAccounts.java"));
    assertThat(Files.readString(Path.of("../docs/user-clients.md")))
        .contains(source.substring(source.indexOf("import ")));
  }
}
