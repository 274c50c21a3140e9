package dev.jobradar.server.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.server.health.Finding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StallCheckTest {
  @ParameterizedTest
  @CsvSource({"0,0,false", "0,9,false", "1,2,false", "1,9,false", "2,3,true", "9,9,true"})
  void it_is_impaired_when_most_users_are_concerned_and_never_broken(
      int stalled, int watched, boolean impaired) {
    Finding finding = StallCheck.judge(stalled, watched);
    assertThat(finding).isNotInstanceOf(Finding.Broken.class);
    assertThat(finding instanceof Finding.Impaired).isEqualTo(impaired);
  }
}
