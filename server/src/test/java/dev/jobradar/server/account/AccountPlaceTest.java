package dev.jobradar.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.telegram.updates.CommonPosition;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccountPlaceTest {
  private static final CommonPosition POSITION = new CommonPosition(10, 0, 1_700_000_000, 3);

  @Test
  void what_is_written_is_read_back() {
    AccountPlace place = new AccountPlace(POSITION, Set.of(18L, 17L));
    assertThat(place.text()).isEqualTo("u10.0.1700000000.3:17,18");
    assertThat(AccountPlace.parse(place.text())).isEqualTo(place);
    AccountPlace alone = new AccountPlace(POSITION, Set.of());
    assertThat(AccountPlace.parse(alone.text())).isEqualTo(alone);
  }

  @Test
  void a_position_alone_watched_nothing() {
    assertThat(AccountPlace.parse(POSITION.text())).isEqualTo(new AccountPlace(POSITION, Set.of()));
    assertThat(AccountPlace.parse(null)).isNull();
  }

  @Test
  void anything_else_is_refused() {
    assertThatThrownBy(() -> AccountPlace.parse("x")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AccountPlace.parse(POSITION.text() + ":1,,2"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
