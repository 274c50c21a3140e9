package dev.jobradar.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jobradar.telegram.updates.CommonPosition;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccountPositionTest {
  private static final CommonPosition POSITION = new CommonPosition(10, 0, 1_700_000_000, 3);

  @Test
  void what_is_written_is_read_back() {
    AccountPosition place = new AccountPosition(POSITION, Set.of(18L, 17L));
    assertThat(place.text()).isEqualTo("u10.0.1700000000.3:17,18");
    assertThat(AccountPosition.parse(place.text())).isEqualTo(place);
    AccountPosition alone = new AccountPosition(POSITION, Set.of());
    assertThat(AccountPosition.parse(alone.text())).isEqualTo(alone);
  }

  @Test
  void a_position_alone_watched_nothing() {
    assertThat(AccountPosition.parse(POSITION.text()))
        .isEqualTo(new AccountPosition(POSITION, Set.of()));
    assertThat(AccountPosition.parse(null)).isNull();
  }

  @Test
  void anything_else_is_refused() {
    assertThatThrownBy(() -> AccountPosition.parse("x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AccountPosition.parse(POSITION.text() + ":1,,2"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
