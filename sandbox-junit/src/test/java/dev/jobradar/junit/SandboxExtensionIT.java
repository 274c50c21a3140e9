package dev.jobradar.junit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.jobradar.mtproto.crypto.RsaPublicKey;
import dev.jobradar.sandbox.ReadyAccount;
import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.rpc.DataCentre;
import dev.jobradar.telegram.TelegramClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The extension, in test classes that are run from here. */
@Timeout(60)
class SandboxExtensionIT {
  private static final List<Sandbox> SEEN = Collections.synchronizedList(new ArrayList<>());
  private static final List<ReadyAccount> ACCOUNTS =
      Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void forget() {
    SEEN.clear();
    ACCOUNTS.clear();
  }

  private static TestExecutionSummary run(Class<?> tests) {
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    Launcher launcher = LauncherFactory.create();
    launcher.execute(
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests)).build(), summary);
    return summary.getSummary();
  }

  private static void assertAllPassed(TestExecutionSummary summary, int tests) {
    assertThat(summary.getFailures())
        .extracting(failure -> failure.getException().toString())
        .isEmpty();
    assertThat(summary.getTestsSucceededCount()).isEqualTo(tests);
  }

  private static void assertClosed(Sandbox sandbox) {
    DataCentre dc = sandbox.dataCentres().getFirst();
    assertThat(listens(dc)).isFalse();
  }

  private static boolean listens(DataCentre dc) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), dc.port())) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  @WithSandbox(dataCentres = 2, channels = false)
  static class Annotated {
    @Test
    void parameters(Sandbox sandbox, ReadyAccount account, DataCentre dc, RsaPublicKey key)
        throws Exception {
      assertThat(sandbox.dataCentres()).hasSize(2).startsWith(dc);
      SEEN.add(sandbox);
      ACCOUNTS.add(account);
      try (TelegramClient client = Clients.open(dc, key, account)) {
        assertThat(client.me().id()).isEqualTo(account.user().value());
      }
    }

    @Test
    void faults_and_ports(Sandbox sandbox, ReadyAccount account, DataCentre dc) {
      spoil(sandbox, account, dc);
    }

    @Test
    void faults_and_ports_again(Sandbox sandbox, ReadyAccount account, DataCentre dc) {
      spoil(sandbox, account, dc);
    }

    private static void spoil(Sandbox sandbox, ReadyAccount account, DataCentre dc) {
      assertThat(sandbox.faults().isEmpty()).isTrue();
      assertThat(listens(dc)).isTrue();
      sandbox.faults().set(new Fault.Silence());
      sandbox.stopListening(1);
      SEEN.add(sandbox);
      ACCOUNTS.add(account);
    }

    @Nested
    class Inner {
      @Test
      void shares_it(Sandbox sandbox) {
        SEEN.add(sandbox);
      }
    }
  }

  @Test
  void the_tests_of_a_class_share_a_sandbox_and_nothing_that_one_of_them_did_to_it() {
    assertAllPassed(run(Annotated.class), 4);
    assertThat(SEEN).hasSize(4).allMatch(sandbox -> sandbox == SEEN.getFirst());
    assertThat(ACCOUNTS).hasSize(3).doesNotHaveDuplicates();
    assertClosed(SEEN.getFirst());
  }

  static class OfEachTest {
    @RegisterExtension
    SandboxExtension telegram =
        SandboxExtension.builder().withoutChannels().accounts(3).strict(false).build();

    @Test
    void one() {
      look();
    }

    @Test
    void another() {
      look();
    }

    private void look() {
      SEEN.add(telegram.sandbox());
      assertThat(telegram.accounts()).hasSize(3).doesNotHaveDuplicates();
    }
  }

  static class FreshForEachTest {
    @RegisterExtension
    static SandboxExtension telegram =
        SandboxExtension.builder()
            .withoutChannels()
            .freshForEachTest()
            .accounts(0)
            .sandbox(builder -> builder.seed(7))
            .build();

    @Test
    void one() {
      look();
    }

    @Test
    void another() {
      look();
    }

    private static void look() {
      SEEN.add(telegram.sandbox());
      assertThat(telegram.accounts()).isEmpty();
    }
  }

  @Test
  void each_test_can_have_its_own() {
    assertAllPassed(run(OfEachTest.class), 2);
    assertThat(SEEN).hasSize(2).doesNotHaveDuplicates().allSatisfy(s -> assertClosed(s));
    assertAllPassed(run(FreshForEachTest.class), 2);
    assertThat(SEEN).hasSize(4).doesNotHaveDuplicates().allSatisfy(s -> assertClosed(s));
    assertThatIllegalStateException().isThrownBy(FreshForEachTest.telegram::sandbox);
  }

  /** Two clients of one session at once: what must not be. */
  private static void connectTwice(SandboxExtension telegram) throws InterruptedException {
    try (TelegramClient one =
            Clients.open(telegram.dataCentre(), telegram.publicKey(), telegram.account());
        TelegramClient two =
            Clients.open(telegram.dataCentre(), telegram.publicKey(), telegram.account())) {
      one.me();
      two.me();
    }
  }

  static class TwoConnections {
    @RegisterExtension
    static SandboxExtension telegram =
        SandboxExtension.builder().withoutChannels().strict(false).build();

    @Test
    void at_once() throws Exception {
      connectTwice(telegram);
    }

    @Test
    void never() {
      assertThat(telegram.sandbox().stats().maxOpenPerKey()).isZero();
    }
  }

  static class TwoConnectionsAllowed {
    @RegisterExtension
    static SandboxExtension telegram =
        SandboxExtension.builder().withoutChannels().strict(false).severalConnections().build();

    @Test
    void at_once() throws Exception {
      connectTwice(telegram);
    }
  }

  @Test
  void a_test_that_opened_two_connections_of_one_key_fails_and_no_other_does() {
    TestExecutionSummary summary = run(TwoConnections.class);
    assertThat(summary.getTestsSucceededCount()).isEqualTo(1);
    assertThat(summary.getFailures()).hasSize(1);
    assertThat(summary.getFailures().getFirst().getException())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("2 connections of one key");
    assertAllPassed(run(TwoConnectionsAllowed.class), 1);
  }

  @Test
  void the_page_shows_what_is_compiled() throws IOException {
    String page = Files.readString(Path.of("../docs/sandbox-junit.md"), UTF_8);
    String source =
        Files.readString(Path.of("src/test/java/dev/jobradar/junit/ExampleIT.java"), UTF_8);
    assertThat(page).contains("```java\n" + source.substring(source.indexOf("class ")) + "```");
  }
}
