package dev.jobradar.telegram.example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.telegram.ChannelPeer;
import dev.jobradar.telegram.ClientListener;
import dev.jobradar.telegram.Post;
import dev.jobradar.telegram.SandboxOptions;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.telegram.Watch;
import dev.jobradar.telegram.session.SessionString;
import dev.jobradar.telegram.updates.ChannelPosition;
import dev.jobradar.telegram.updates.CommonPosition;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** What {@code docs/library.md} shows. */
@Isolated("reads what the JVM prints")
@Timeout(60)
class LibraryPageIT {
  private static final Path SOURCES = Path.of("src/test/java/dev/jobradar/telegram/example");
  private static final Path PAGE = Path.of("../docs/library.md");
  private static final Pattern SHOWN = Pattern.compile("(?s)```java\n(.*?)```");

  private int posted;
  private final Sandbox sandbox = Sandbox.builder().strict(true).start();

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private TelegramOptions options() {
    return SandboxOptions.of(sandbox).build();
  }

  @Test
  void the_first_program_shows_posts_leaves_a_note_and_hears_of_new_posts() throws Exception {
    String session = sandbox.accounts(1).getFirst();
    long before = sandbox.stats().messages();

    String shown = printed(session);

    assertThat(shown).startsWith("Signed in as ");
    assertThat(shown.lines().filter(line -> line.matches("20\\d\\d-.*Z .+"))).hasSize(10);
    assertThat(shown).contains("New: Fresh from the sandbox");
    assertThat(sandbox.stats().messages() - before - posted).isEqualTo(1);
    assertThat(sandbox.stats().maxOpenPerAccount()).isEqualTo(1);
  }

  @Test
  void signing_in_gives_a_string_that_the_first_program_takes() throws Exception {
    Map<String, String> answers = Map.of("Code", "11111", "Password", "secret");
    String session = SigningIn.signIn(options(), "9996613417", question -> answers.get(question));

    assertThat(printed(session)).startsWith("Signed in as ");
    assertThat(sandbox.stats().maxOpenPerAccount()).isEqualTo(1);
  }

  @Test
  void new_posts_are_stored_with_the_position_after_them() throws Exception {
    var session = SessionString.parse(sandbox.accounts(1).getFirst()).session();
    try (var client = new TelegramClient(options(), session, ClientListener.NONE)) {
      client.open();
      ChannelPeer peer = client.channels().resolve("javajobs").peer();
      CompletableFuture<ChannelPosition> begun = new CompletableFuture<>();
      CompletableFuture<List<Post>> stored = new CompletableFuture<>();
      NewPosts.follow(
          client,
          new NewPosts.Store() {
            @Override
            public @Nullable CommonPosition account() {
              return null;
            }

            @Override
            public List<Watch> watches() {
              return List.of(Watch.of(peer, ChannelPosition.NEWEST));
            }

            @Override
            public void add(long channelId, List<Post> posts, ChannelPosition position) {
              begun.complete(position);
              if (!posts.isEmpty()) {
                stored.complete(posts);
              }
            }

            @Override
            public void moved(CommonPosition account, List<Long> inStep) {}
          });
      begun.get(20, TimeUnit.SECONDS);
      int id = sandbox.post("javajobs", "Java, remote").id();
      assertThat(stored.get(20, TimeUnit.SECONDS)).extracting(Post::id).containsExactly(id);
    }
  }

  @Test
  void the_page_opens_with_the_first_program_and_shows_nothing_that_is_not_compiled()
      throws Exception {
    List<String> shown =
        SHOWN.matcher(Files.readString(PAGE)).results().map(block -> block.group(1)).toList();
    List<String> compiled = new ArrayList<>();
    for (String name : List.of("FirstProgram.java", "SigningIn.java", "NewPosts.java")) {
      String source = Files.readString(SOURCES.resolve(name));
      compiled.add(source.substring(source.indexOf("import ")));
    }

    assertThat(shown).containsExactlyElementsOf(compiled);
  }

  /** What it prints until it tells of a new post; then it is interrupted. */
  private String printed(String session) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream usual = System.out;
    try (PrintStream out = new PrintStream(bytes, true, UTF_8)) {
      System.setOut(out);
      FutureTask<Void> program =
          new FutureTask<>(() -> {
            FirstProgram.run(options(), session, "javajobs");
            return null;
          });
      Thread thread = Thread.ofVirtual().start(program);
      // From which post on it hears is not to be seen from outside: one more until it does.
      while (!bytes.toString(UTF_8).contains("New: ") && !program.isDone()) {
        sandbox.post("javajobs", "Fresh from the sandbox");
        posted++;
        Thread.sleep(200);
      }
      thread.interrupt();
      assertThatThrownBy(program::get).hasCauseInstanceOf(InterruptedException.class);
    } finally {
      System.setOut(usual);
    }
    return bytes.toString(UTF_8);
  }
}
