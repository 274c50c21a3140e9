package dev.jobradar.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class WorldTest {

  private static final Device DEVICE = new Device(228, 1, "Test", "1", "1", "en", "", "en");

  private final TestWorld test = new TestWorld();
  private final World world = test.world;
  private final UserId ann = test.user("100");
  private final UserId bob = test.user("200");
  private final ChannelId jobs = test.channel("jobs");

  @Test
  void an_access_hash_belongs_to_its_viewer() {
    assertThat(world.accessHash(ann, jobs))
        .isEqualTo(world.accessHash(ann, jobs))
        .isNotEqualTo(world.accessHash(bob, jobs))
        .isNotEqualTo(world.accessHash(ann, new UserId(jobs.value())));
  }

  @Test
  void a_phone_seen_first_makes_one_account() {
    assertThat(test.user("300")).isEqualTo(test.user("300")).isNotEqualTo(ann);
    assertThat(world.userByPhone("400")).isEmpty();
  }

  @Test
  void public_names_are_found_whatever_their_case() {
    world.rename(ann, "Ann", "", "Ann_Example");

    assertThat(world.byUsername("JOBS")).contains(jobs);
    assertThat(world.byUsername("ann_example")).contains(ann);
    assertThatThrownBy(() -> world.rename(bob, "Bob", "", "Jobs")).hasMessage("USERNAME_OCCUPIED");
    world.rename(ann, "Ann", "", null);
    assertThat(world.byUsername("ann_example")).isEmpty();
  }

  @Test
  void a_key_acts_for_one_account_at_a_time() {
    KeyId key = new KeyId(1);
    world.signIn(key, ann, 1, DEVICE);
    world.signIn(key, bob, 1, DEVICE);

    assertThat(world.authorization(key)).map(Authorization::user).contains(bob);
    assertThat(world.authorizations(ann)).isEmpty();
    world.signOut(key);
    assertThat(world.authorization(key)).isEmpty();
  }

  @Test
  void signing_out_the_others_keeps_the_own() {
    for (int i = 1; i <= 3; i++) {
      world.signIn(new KeyId(i), ann, 1, DEVICE);
    }

    assertThat(world.signOutOthers(new KeyId(2))).containsExactly(new KeyId(1), new KeyId(3));
    assertThat(world.authorizations(ann))
        .extracting(Authorization::key)
        .containsExactly(new KeyId(2));
  }

  @Test
  void a_revoked_key_keeps_its_reason_until_it_signs_in_again() {
    KeyId key = new KeyId(1);
    world.signIn(key, ann, 1, DEVICE);
    world.revoke(key, 401, "SESSION_REVOKED");

    assertThat(world.authorization(key)).isEmpty();
    assertThat(world.revocation(key)).map(RpcErrorException::name).contains("SESSION_REVOKED");
    world.signIn(key, ann, 1, DEVICE);
    assertThat(world.revocation(key)).isEmpty();
  }

  @Test
  void a_token_is_good_once_and_for_its_account() {
    String token = world.issueToken(ann);

    assertThat(world.useToken(bob, token)).isFalse();
    assertThat(world.useToken(ann, token)).isTrue();
    assertThat(world.useToken(ann, token)).isFalse();
  }

  @Test
  void the_same_changes_make_the_same_world() {
    world.signIn(new KeyId(1), ann, 1, DEVICE);
    world.join(ann, jobs, null);
    Post first = test.post(jobs, "one");
    test.post(jobs, "two");
    world.edit(jobs, first.id(), "one!", List.of(new Entity(Entity.Kind.BOLD, 0, 3, null)));
    world.delete(jobs, List.of(2));
    world.send(ann, bob, "hi", List.of(), 1, null);
    world.send(bob, ann, "hello", List.of(), 2, null);
    world.readMessages(ann, bob, 0, null);
    world.rename(bob, "Bob", "B", "bobby");
    String token = world.issueToken(bob);

    World copy = test.replayed(WorldOptions.DEFAULT);

    assertThat(copy.channels()).isEqualTo(world.channels());
    assertThat(copy.dialogs(ann)).isEqualTo(world.dialogs(ann));
    assertThat(copy.dialogs(bob)).isEqualTo(world.dialogs(bob));
    assertThat(copy.state(ann)).isEqualTo(world.state(ann));
    assertThat(copy.state(bob).pts()).isEqualTo(world.state(bob).pts());
    assertThat(copy.difference(ann, 1, 1, 0, 0)).isEqualTo(world.difference(ann, 1, 1, 0, 0));
    assertThat(copy.channelDifference(ann, jobs, 1, 100))
        .isEqualTo(world.channelDifference(ann, jobs, 1, 100));
    assertThat(copy.accessHash(ann, jobs)).isEqualTo(world.accessHash(ann, jobs));
    assertThat(copy.authorization(new KeyId(1))).isEqualTo(world.authorization(new KeyId(1)));
    assertThat(copy.messages()).isEqualTo(world.messages());
    assertThatThrownBy(() -> copy.send(ann, bob, "hi", List.of(), 1, null))
        .hasMessage("RANDOM_ID_DUPLICATE");
    assertThat(copy.useToken(bob, token)).isTrue();
    assertThat(
            copy.userByPhone("300", (id, p, d) -> new User(id, p, "C", "", null, 1, false, d)).id())
        .isEqualTo(test.user("300"));
  }

  @Test
  void a_change_that_cannot_be_kept_does_not_happen() {
    World broken = new World(() -> java.time.Instant.EPOCH, WorldOptions.DEFAULT);
    test.changes.forEach(broken::replay);
    broken.start(change -> {
      throw new IllegalStateException("disk full");
    });

    assertThatThrownBy(() -> broken.post(jobs, "lost", List.of()))
        .isInstanceOf(IllegalStateException.class);
    assertThat(broken.channel(jobs).orElseThrow().topPost()).isZero();
  }

  @Test
  void a_session_that_fails_does_not_keep_the_others_from_hearing() {
    TestWorld.Session good = new TestWorld.Session();
    world.subscribe(
        ann,
        update -> {
          throw new IllegalStateException("broken session");
        });
    world.subscribe(ann, good);

    world.send(ann, ann, "hi", List.of(), 1, null);

    assertThat(good.heard).hasSize(1);
  }

  @Test
  void a_session_may_act_on_what_it_hears() {
    TestWorld.Session bobs = new TestWorld.Session();
    world.subscribe(bob, bobs);
    world.subscribe(
        ann,
        update -> {
          if (update instanceof Update.NewMessage(var message, int pts, long randomId)
              && !message.out()) {
            world.send(ann, bob, "echo", List.of(), 1000L + pts, null);
          }
        });

    world.send(bob, ann, "hi", List.of(), 1, null);

    assertThat(bobs.heard).hasSize(2);
  }
}
