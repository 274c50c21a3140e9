package dev.jobradar.server.leads;

import static dev.jobradar.server.delivery.DeliveryWorld.JAVA;
import static dev.jobradar.server.delivery.DeliveryWorld.JAVA_ID;
import static dev.jobradar.server.delivery.DeliveryWorld.draft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.delivery.DeliveryWorld;
import dev.jobradar.server.storage.Vault;
import dev.jobradar.server.storage.Vendor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Vendor.class)
@Timeout(60)
class LeadTriageIT {
  private final DeliveryWorld world;
  private final LeadInbox inbox;
  private final LeadTriage triage;
  private final UserId ann;
  private final UserId bob;

  LeadTriageIT(Vendor vendor) {
    world = new DeliveryWorld(vendor);
    inbox = new LeadInbox(world.database.client(), world.leads);
    triage = world.triage();
    ann = world.user(1);
    bob = world.user(2);
  }

  @BeforeEach
  void task() throws Exception {
    world.startedTask(ann, draft(null, List.of("java"), JAVA));
  }

  @AfterEach
  void close() {
    world.close();
  }

  private LeadId posted(int message) {
    world.posts(ann, JAVA_ID, world.post(message, "java number " + message));
    return inbox.ids(ann, LeadFilter.ALL).getFirst();
  }

  private List<LeadId> shown() {
    return inbox.ids(ann, LeadFilter.ALL);
  }

  private Lead lead(LeadId id) {
    return world.leads.find(ann, id).orElseThrow();
  }

  private List<LeadId> trashed() {
    return inbox.ids(ann, new LeadFilter(null, null, null, Set.of(), null, null, "", true));
  }

  @Test
  void marking_says_what_it_changed_so_that_it_can_be_taken_back() {
    LeadId one = posted(1);
    LeadId two = posted(2);
    LeadId three = posted(3);
    triage.mark(ann, List.of(two), LeadStatus.SAVED);
    triage.mark(ann, List.of(three), LeadStatus.REJECTED);
    Map<LeadStatus, List<LeadId>> before =
        triage.mark(ann, List.of(one, two, three), LeadStatus.REJECTED);
    assertThat(before)
        .isEqualTo(Map.of(LeadStatus.NEW, List.of(one), LeadStatus.SAVED, List.of(two)));
    assertThat(world.events.getLast()).isEqualTo(new LeadsMarked(ann, List.of(one, two)));
    assertThat(world.leads.countNew(ann)).isZero();
    assertThat(world.leads.countUnread(ann)).isZero();
    before.forEach((status, ids) -> triage.mark(ann, ids, status));
    assertThat(lead(one).status()).isEqualTo(LeadStatus.NEW);
    assertThat(lead(two).status()).isEqualTo(LeadStatus.SAVED);
    assertThat(world.leads.countUnread(ann)).isEqualTo(1);
  }

  @Test
  void opening_a_lead_makes_a_new_one_seen_and_changes_no_decision() {
    LeadId one = posted(1);
    assertThat(triage.opened(bob, one)).isFalse();
    assertThat(triage.opened(ann, one)).isTrue();
    assertThat(lead(one).status()).isEqualTo(LeadStatus.SEEN);
    triage.mark(ann, List.of(one), LeadStatus.SAVED);
    assertThat(triage.opened(ann, one)).isFalse();
    assertThat(world.leads.viewed(ann, one)).isTrue();
    assertThat(lead(one).status()).isEqualTo(LeadStatus.SAVED);
  }

  @Test
  void everything_that_a_filter_finds_is_marked_at_once() {
    for (int i = 1; i <= 12; i++) {
      posted(i);
    }
    LeadFilter fresh = LeadFilter.ALL.with(Set.of(LeadStatus.NEW));
    assertThat(triage.mark(ann, inbox.ids(ann, fresh), LeadStatus.SEEN).get(LeadStatus.NEW))
        .hasSize(12);
    assertThat(world.leads.countNew(ann)).isZero();
    assertThat(inbox.ids(ann, fresh)).isEmpty();
  }

  @Test
  void a_note_is_kept_and_taken_away() {
    LeadId one = posted(1);
    assertThat(triage.note(bob, one, "mine")).isFalse();
    assertThat(triage.note(ann, one, "  Позвонить в среду\n<b>\0</b> ")).isTrue();
    assertThat(lead(one).note()).isEqualTo("Позвонить в среду\n<b> </b>");
    assertThat(triage.note(ann, one, " ")).isTrue();
    assertThat(lead(one).note()).isEmpty();
  }

  @Test
  void a_deleted_lead_is_nowhere_and_comes_back_as_it_was() throws Exception {
    LeadId one = posted(1);
    LeadId two = posted(2);
    triage.mark(ann, List.of(one), LeadStatus.SAVED);
    assertThat(triage.trash(bob, List.of(one))).isEmpty();
    assertThat(triage.trash(ann, List.of(one))).containsExactly(one);
    assertThat(triage.trash(ann, List.of(one))).isEmpty();
    assertThat(shown()).containsExactly(two);
    assertThat(trashed()).containsExactly(one);
    assertThat(world.leads.find(ann, one)).isEmpty();
    assertThat(world.leads.list(ann, Leads.Query.ALL, 0, 10).leads()).hasSize(1);
    assertThat(triage.note(ann, one, "x")).isFalse();
    assertThat(triage.mark(ann, List.of(one), LeadStatus.NEW)).isEmpty();
    // Only what is there is sent.
    world.send(ann);
    assertThat(world.accounts.messages())
        .singleElement()
        .matches(m -> m.text().contains("java number 2"));
    assertThat(triage.restore(bob, List.of(one))).isEmpty();
    assertThat(triage.restore(ann, List.of(one))).containsExactly(one);
    assertThat(lead(one).status()).isEqualTo(LeadStatus.SAVED);
    world.send(ann);
    assertThat(world.accounts.messages()).hasSize(2);
  }

  @Test
  void what_was_sent_before_is_not_sent_again_when_a_lead_comes_back() throws Exception {
    LeadId one = posted(1);
    world.send(ann);
    triage.trash(ann, List.of(one));
    triage.restore(ann, List.of(one));
    world.send(ann);
    assertThat(world.accounts.messages()).hasSize(1);
  }

  @Test
  void a_deleted_lead_is_neither_sent_nor_shown_when_its_post_is_edited() throws Exception {
    LeadId one = posted(1);
    world.edited(ann, JAVA_ID, world.post(1, "nothing any more"));
    triage.trash(ann, List.of(one));
    world.edited(ann, JAVA_ID, world.post(1, "java again"));
    world.send(ann);
    assertThat(world.accounts.messages()).isEmpty();
    assertThat(shown()).isEmpty();
  }

  @Test
  void a_deleted_lead_is_gone_for_good_after_some_days() throws Exception {
    LeadTrash trash =
        new LeadTrash(world.database.client(), world.database.transactions(), world.clock);
    LeadId one = posted(1);
    LeadId two = posted(2);
    triage.trash(ann, List.of(one));
    assertThat(trash.prune()).isZero();
    world.clock.advance(LeadTrash.KEPT.plus(Duration.ofSeconds(1)));
    assertThat(trash.prune()).isEqualTo(1);
    assertThat(triage.restore(ann, List.of(one))).isEmpty();
    assertThat(trashed()).isEmpty();
    assertThat(shown()).containsExactly(two);
    world.edited(ann, JAVA_ID, world.post(1, "java, edited"));
    assertThat(shown()).containsExactly(two);
  }

  @Test
  void a_feeds_secret_opens_the_leads_of_its_owner_until_it_is_replaced_or_ended() {
    LeadFeeds feeds = new LeadFeeds(world.database.client(), Vault.create(), world.clock);
    assertThat(feeds.since(ann)).isEmpty();
    String first = feeds.make(ann);
    assertThat(feeds.owner(first)).contains(ann);
    assertThat(feeds.since(ann)).contains(world.clock.instant());
    assertThat(
            world
                .database
                .client()
                .sql("select token_hash from lead_feeds")
                .query(String.class)
                .single())
        .doesNotContain(first);
    String second = feeds.make(ann);
    assertThat(feeds.owner(first)).isEmpty();
    assertThat(feeds.owner(second)).contains(ann);
    assertThat(feeds.owner(feeds.make(bob))).contains(bob);
    feeds.revoke(ann);
    assertThat(feeds.owner(second)).isEmpty();
    assertThat(feeds.owner("x")).isEmpty();
  }
}
