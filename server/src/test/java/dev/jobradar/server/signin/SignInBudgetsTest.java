package dev.jobradar.server.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.clients.UserId;
import dev.jobradar.server.signin.Budget.Limit;
import dev.jobradar.server.signin.SignInBudgets.Attempted;
import dev.jobradar.server.signin.SignInBudgets.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SignInBudgetsTest {
  private static final String PHONE = "79990000001";
  private static final Device DEVICE = new Device(7, new UserId(1));

  private static List<Budget> budgets(Kind kind, String address, @Nullable Device device) {
    Requester who = Requester.of(Networks.of(address), "", "s".repeat(43), device);
    return SignInBudgets.of(new Attempted(kind, PHONE, who, true, 0));
  }

  private static Set<String> names(List<Budget> budgets) {
    return budgets.stream()
        .map(each -> each.what() + " " + each.subject())
        .collect(Collectors.toSet());
  }

  /** The rule that keeps strangers from locking anybody out. */
  @ParameterizedTest
  @EnumSource
  void a_known_browser_shares_no_budget_with_strangers_but_telegrams_own(Kind kind) {
    Set<String> shared = names(budgets(kind, "192.0.2.1", DEVICE));
    shared.retainAll(names(budgets(kind, "192.0.2.1", null)));
    if (kind == Kind.TELEGRAM_CODE) {
      assertThat(shared).containsExactly("telegram_code phone " + PHONE);
      int strangers = count(budgets(kind, "192.0.2.1", null), "phone strangers");
      int all = count(budgets(kind, "192.0.2.1", DEVICE), "phone");
      assertThat(all - strangers).as("left for the person's own browsers").isEqualTo(2);
    } else {
      assertThat(shared).isEmpty();
    }
  }

  private static int count(List<Budget> budgets, String what) {
    return budgets.stream()
        .filter(each -> each.what().endsWith(what))
        .map(each -> ((Limit.Sliding) each.limit()).limit().count())
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7/32 192.0.2.0/24",
    "2001:db8:1:2:3::1, 2001:db8:1:2::/64 2001:db8:1::/56 2001:db8:1::/48",
    "::ffff:192.0.2.7, 192.0.2.7/32 192.0.2.0/24",
    "2001:db8:1:2ff::1, 2001:db8:1:2ff::/64 2001:db8:1:200::/56 2001:db8:1::/48",
    "elsewhere, elsewhere elsewhere",
  })
  void each_width_of_a_network_is_counted_apart(String address, String prefixes) {
    assertThat(String.join(" ", Networks.of(address).prefixes())).isEqualTo(prefixes);
  }

  /** Issue of the table in docs/security.md: who owns a /48 gains 1 in 10⁹ a day at most. */
  @Test
  void guessing_our_codes_is_hopeless_for_who_owns_a_network() {
    double codes = Math.pow(32, OneTimeCodes.LENGTH);
    for (String network : List.of("2001:db8:1:2:3::1", "192.0.2.7")) {
      long tries =
          budgets(Kind.OWN_WRONG, network, null).stream()
              .filter(each -> each.subject().equals(Networks.of(network).widest()))
              .map(each -> (Limit.Sliding) each.limit())
              .filter(each -> each.limit().within().equals(SignInBudgets.DAY))
              .mapToLong(each -> each.limit().count())
              .min()
              .orElseThrow();
      assertThat(tries / codes).isLessThan(1e-9);
    }
    // Whoever has all networks of the world is held by what each account may be sent.
    long sent = SignInBudgets.CODES_FOR_STRANGERS.most(Duration.ofDays(1));
    assertThat(sent).isLessThanOrEqualTo(115);
    assertThat(10_000 * sent * OneTimeCodes.TRIES / codes).isLessThan(1e-5);
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox, Linux'",
    "'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
        + " Chrome/140.0.0.0 Safari/537.36 Edg/140.0', 'Edge, Windows'",
    "'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0"
        + " YaBrowser/25.8 Safari/537.36', 'Yandex Browser, Windows'",
    "'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0"
        + " Mobile/15E148 Safari/604.1', 'Safari, iPhone'",
    "'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36',"
        + " 'Chrome, Android'",
    "'curl/8.5.0', 'curl'",
    "'Call +7 900 000-00-00 and tell the code', ''",
  })
  void a_browser_is_called_by_names_that_we_know(String userAgent, String name) {
    assertThat(BrowserName.of(userAgent)).isEqualTo(name);
  }

  @Test
  void what_is_no_browser_has_no_name() {
    assertThat(BrowserName.of(null)).isEmpty();
    assertThat(BrowserName.of("Firefox/1 Linux" + " ".repeat(2_000))).isEmpty();
  }
}
