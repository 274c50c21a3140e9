package dev.jobradar.sandbox.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.sandbox.world.ChannelId;
import dev.jobradar.sandbox.world.ChannelInfo;
import dev.jobradar.sandbox.world.ChannelSettings;
import dev.jobradar.sandbox.world.Device;
import dev.jobradar.sandbox.world.Entity;
import dev.jobradar.sandbox.world.HistoryQuery;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.Post;
import dev.jobradar.sandbox.world.PostContent;
import dev.jobradar.sandbox.world.User;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.sandbox.world.World;
import dev.jobradar.sandbox.world.WorldOptions;
import dev.jobradar.tl.api.MessageActionPinMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {

  private static final Device DEVICE = new Device(228, 1, "Test", "1", "1", "en", "", "en");
  private static final KeyId KEY = new KeyId(0x1234_5678_9abc_def0L);

  @TempDir Path temp;

  private Path directory() {
    return temp.resolve("state");
  }

  private Path journal() {
    return directory().resolve("journal");
  }

  private static World world() {
    return new World(() -> Instant.ofEpochSecond(1_750_000_000), WorldOptions.DEFAULT);
  }

  private static UserId ann(World world) {
    return world
        .userByPhone("100", (id, phone, now) -> new User(id, phone, "Ann", "", null, 1, true, now))
        .id();
  }

  /** Opens the state and reads the posts of its only channel. */
  private List<String> posts() {
    World world = world();
    try (StateDirectory state = StateDirectory.open(directory())) {
      state.restore(world, () -> {});
      ChannelId channel = world.channels().getFirst().id();
      return world.history(channel, HistoryQuery.newest(100)).items().reversed().stream()
          .map(Post::text)
          .toList();
    }
  }

  private void writePosts(String... texts) {
    World world = world();
    try (StateDirectory state = StateDirectory.open(directory())) {
      state.restore(world, () -> {});
      ChannelId channel = world.makeChannel("jobs", "Jobs", "", 1, 0, false, null).id();
      for (String text : texts) {
        world.post(channel, text, List.of());
      }
    }
  }

  @Test
  void a_world_outlives_its_process() {
    World before = world();
    byte[] secret = new byte[256];
    secret[7] = -1;
    UserId ann;
    try (StateDirectory state = StateDirectory.open(directory())) {
      state.restore(before, () -> {});
      ChannelId jobs = before.makeChannel("jobs", "Работа", "", 1, 5, true, null).id();
      before.post(jobs, "Ищем «Java»\n🔥", List.of(new Entity(Entity.Kind.BOLD, 0, 4, null)));
      ann = ann(before);
      before.addKey(KEY, 1, secret, 0);
      before.signIn(KEY, ann, 1, DEVICE);
      before.send(ann, ann, "note", List.of(), 42, null);
    }

    World after = world();
    try (StateDirectory state = StateDirectory.open(directory())) {
      state.restore(
          after,
          () -> {
            throw new AssertionError("it is not new");
          });
    }
    assertThat(after.channels()).isEqualTo(before.channels());
    assertThat(after.dialogs(ann)).isEqualTo(before.dialogs(ann));
    assertThat(after.history(after.channels().getFirst().id(), HistoryQuery.newest(9)))
        .isEqualTo(before.history(before.channels().getFirst().id(), HistoryQuery.newest(9)));
    assertThat(after.authorization(KEY)).isEqualTo(before.authorization(KEY));
    assertThat(after.key(KEY, 1).orElseThrow().secret()).isEqualTo(secret);
    assertThat(after.user(ann)).isEqualTo(before.user(ann));
    assertThatThrownBy(() -> after.send(ann, ann, "note", List.of(), 42, null))
        .hasMessage("RANDOM_ID_DUPLICATE");
  }

  @Test
  void the_rsa_key_stays_the_same() {
    try (StateDirectory first = StateDirectory.open(directory())) {
      String pem = first.rsaKey().toPem();
      assertThat(first.rsaKey().toPem()).isEqualTo(pem);
    }
  }

  @Test
  void nobody_but_the_owner_can_read_it() throws IOException {
    Files.createDirectory(directory());
    Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString("rwxr-xr-x"));
    try (StateDirectory state = StateDirectory.open(directory())) {
      state.rsaKey();
      state.restore(world(), () -> {});
    }

    List<String> permissions = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory())) {
      for (Path file : files.toList()) {
        permissions.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      }
    }
    assertThat(permissions)
        .containsExactlyInAnyOrder("rwx------", "rw-------", "rw-------", "rw-------");
  }

  @Test
  void a_directory_serves_one_sandbox_at_a_time() {
    try (StateDirectory first = StateDirectory.open(directory())) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> StateDirectory.open(directory()))
          .isInstanceOf(StateException.class)
          .hasMessageContaining("in use");
    }
    StateDirectory.open(directory()).close();
  }

  @Test
  void a_line_that_was_cut_short_anywhere_costs_that_line_alone() throws IOException {
    writePosts("one", "two", "three");
    byte[] whole = Files.readAllBytes(journal());
    int lastLine =
        new String(whole, StandardCharsets.ISO_8859_1).lastIndexOf('\n', whole.length - 2);

    for (int length = lastLine + 1; length < whole.length; length++) {
      Files.write(journal(), java.util.Arrays.copyOf(whole, length));
      assertThat(posts()).as("cut to %d bytes", length).containsExactly("one", "two");
      assertThat(Files.size(journal())).isEqualTo(lastLine + 1);
    }
  }

  @Test
  void what_a_power_cut_left_at_the_end_is_cut_off() throws IOException {
    writePosts("one", "two");
    byte[] zeros = new byte[5_000];
    zeros[4_000] = '\n';
    Files.write(journal(), zeros, StandardOpenOption.APPEND);

    assertThat(posts()).containsExactly("one", "two");
    assertThat(posts()).containsExactly("one", "two");
  }

  @Test
  void a_damaged_line_in_the_middle_is_an_error_and_nothing_is_touched() throws IOException {
    writePosts("one", "two", "three");
    String text = Files.readString(journal());
    String damaged = text.replace("\"two\"", "\"tw0\"");
    Files.writeString(journal(), damaged);

    assertThatThrownBy(this::posts)
        .isInstanceOf(StateException.class)
        .hasMessageContaining("damaged in line 6");
    assertThat(Files.readString(journal())).isEqualTo(damaged);
    // The lock has not been left behind.
    assertThatThrownBy(this::posts).hasMessageContaining("damaged in line 6");
  }

  @Test
  void another_format_is_refused() throws IOException {
    writePosts("one");
    Files.writeString(journal(), "jobradar-sandbox-journal 2\n");

    assertThatThrownBy(this::posts)
        .isInstanceOf(StateException.class)
        .hasMessageContaining("should begin with 'jobradar-sandbox-journal 1'");
  }

  @Test
  void a_change_of_another_version_is_refused() throws IOException {
    writePosts("one");
    String json = "{\"change\":\"Unheard\",\"of\":1}";
    java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
    crc.update(json.getBytes(StandardCharsets.UTF_8));
    Files.writeString(
        journal(), "%08x %s%n".formatted(crc.getValue(), json), StandardOpenOption.APPEND);

    assertThatThrownBy(this::posts).hasMessageContaining("does not know");
  }

  @Test
  void a_damaged_rsa_key_is_an_error() throws IOException {
    try (StateDirectory state = StateDirectory.open(directory())) {
      state.rsaKey();
      Files.writeString(directory().resolve("rsa.pem"), "nonsense");
      assertThatThrownBy(state::rsaKey)
          .isInstanceOf(StateException.class)
          .hasMessageContaining("holds no RSA key");
    }
  }

  @Test
  void a_beginning_that_is_cut_short_leaves_nothing() {
    World first = world();
    assertThatThrownBy(
            () -> {
              try (StateDirectory state = StateDirectory.open(directory())) {
                state.restore(
                    first,
                    () -> {
                      first.makeChannel("half", "Half", "", 1, 0, false, null);
                      throw new IllegalStateException("killed");
                    });
              }
            })
        .hasMessage("killed");

    World second = world();
    try (StateDirectory state = StateDirectory.open(directory())) {
      state.restore(second, () -> second.makeChannel("whole", "Whole", "", 1, 0, false, null));
    }
    World third = world();
    try (StateDirectory state = StateDirectory.open(directory())) {
      state.restore(third, () -> {});
    }
    assertThat(third.channels())
        .singleElement()
        .extracting(ChannelInfo::username)
        .isEqualTo("whole");
  }

  @Test
  void nothing_is_kept_after_closing() {
    World world = world();
    StateDirectory state = StateDirectory.open(directory());
    state.restore(world, () -> {});
    state.close();

    assertThatThrownBy(() -> ann(world)).isInstanceOf(StateException.class);
    assertThat(world.users()).isZero();
  }

  @Test
  void posts_of_every_kind_outlive_a_restart() {
    World world = world();
    List<Post> before;
    ChannelId jobs;
    try (StateDirectory state = StateDirectory.open(directory())) {
      state.restore(world, () -> {});
      jobs = world.makeChannel("jobs", "Jobs", "", 1_700_000_000, 0, true, null).id();
      world.set(jobs, ChannelSettings.NONE.withNoForwards(true));
      int id =
          world
              .post(jobs, PostContent.of("Java").poll("Who?", List.of("a", "b")).by(ann(world)))
              .id();
      world.post(jobs, PostContent.service(new MessageActionPinMessage()));
      int pending = world.post(jobs, PostContent.of("x").pendingWebPage("https://a.ru")).id();
      world.edit(jobs, id, PostContent.NOTHING.reactions(Map.of("👍", 2)));
      world.webPageCame(jobs, pending, PostContent.page("https://a.ru").title("T").build());
      world.seen(jobs, id, 700);
      before = world.posts(jobs, List.of(1, 2, 3));
    }

    World again = world();
    try (StateDirectory state = StateDirectory.open(directory())) {
      state.restore(again, () -> {});
      assertThat(before).hasSize(3);
      assertThat(again.posts(jobs, List.of(1, 2, 3))).isEqualTo(before);
      assertThat(again.channel(jobs).orElseThrow()).isEqualTo(world.channel(jobs).orElseThrow());
    }
  }
}
