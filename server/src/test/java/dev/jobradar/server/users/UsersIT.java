package dev.jobradar.server.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.server.storage.TestDatabase;
import dev.jobradar.server.storage.Vault;
import dev.jobradar.server.storage.Vendor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Vendor.class)
@Timeout(60)
class UsersIT {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private final TestDatabase database;
  private final Users users;

  UsersIT(Vendor vendor) {
    database = TestDatabase.open(vendor);
    users = new Users(database.client(), Vault.create(), InstantSource.fixed(NOW));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_new_telegram_id_is_a_new_user_with_a_trial() {
    User user = users.signedIn(1, "79990000001", "Ann", "ann");
    assertThat(user.plan()).isEqualTo(Plan.TRIAL);
    assertThat(user.planUntil()).isEqualTo(NOW.plus(Duration.ofDays(3)));
    assertThat(user.planAt(NOW)).isEqualTo(Plan.TRIAL);
    assertThat(user.planAt(NOW.plus(Duration.ofDays(3)))).isEqualTo(Plan.EXPIRED);
  }

  @Test
  void the_same_id_with_a_new_phone_is_the_same_user() {
    User before = users.signedIn(1, "79990000001", "Ann", null);
    User after = users.signedIn(1, "79990000002", "Ann B", "annb");
    assertThat(after.id()).isEqualTo(before.id());
    assertThat(after.phone()).isEqualTo("79990000002");
    assertThat(after.username()).isEqualTo("annb");
  }

  @Test
  void a_recycled_phone_is_another_user_and_has_no_second_trial() {
    User first = users.signedIn(1, "79990000001", "Ann", null);
    User second = users.signedIn(2, "79990000001", "Bob", null);
    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(second.planAt(NOW)).isEqualTo(Plan.EXPIRED);
  }

  @Test
  void a_user_of_the_old_service_without_a_telegram_id_is_found_by_phone_once() {
    database
        .client()
        .sql("insert into users (phone, created_at, updated_at) values ('79990000001', 0, 0)")
        .update();
    User taken = users.signedIn(1, "79990000001", "Ann", null);
    assertThat(users.findByPhone("79990000001")).map(User::id).contains(taken.id());
    User other = users.signedIn(2, "79990000001", "Bob", null);
    assertThat(other.id()).isNotEqualTo(taken.id());
  }

  @Test
  void settings_are_kept() {
    User user = users.signedIn(1, "79990000001", "Ann", null);
    users.alertsPersonal(user.id(), false);
    assertThat(users.find(user.id())).map(User::alertsPersonal).contains(false);
  }
}
