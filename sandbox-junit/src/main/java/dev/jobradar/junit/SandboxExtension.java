package dev.jobradar.junit;

import dev.jobradar.mtproto.crypto.RsaPublicKey;
import dev.jobradar.sandbox.ReadyAccount;
import dev.jobradar.sandbox.Sandbox;
import dev.jobradar.sandbox.event.Event;
import dev.jobradar.sandbox.rpc.DataCentre;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A {@link Sandbox} for tests: started before them, closed after them.
 *
 * <pre>{@code
 * @RegisterExtension static SandboxExtension sandbox = SandboxExtension.builder().accounts(2).build();
 * }</pre>
 *
 * <p>In a static field, or by {@link WithSandbox}, one sandbox serves all tests of a class; in
 * another field each test has its own. Each test begins with new accounts that are signed in, no
 * faults and all data centres listening. After each test it fails if the server counted two
 * connections of one key or one account at once, unless {@link Builder#severalConnections} said
 * that they may be.
 *
 * <p>Test methods can have parameters of the types {@link Sandbox}, {@link ReadyAccount} (the
 * first), {@link DataCentre} (the first) and {@link RsaPublicKey}.
 *
 * <p>Tests that share a sandbox must not run at the same time: faults and counts are common to all.
 */
public final class SandboxExtension
    implements BeforeAllCallback,
        AfterAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        ParameterResolver {

  private static final Set<Class<?>> INJECTED =
      Set.of(Sandbox.class, ReadyAccount.class, DataCentre.class, RsaPublicKey.class);

  private final @Nullable SandboxSettings given;
  private volatile SandboxSettings settings = SandboxSettings.DEFAULT;
  private volatile @Nullable Sandbox running;
  private volatile List<ReadyAccount> accounts = List.of();

  /** A class and the classes nested in it: the outermost one starts and closes. */
  private int classes;

  /** As {@link WithSandbox} on the test class says, or with the defaults. */
  public SandboxExtension() {
    this.given = null;
  }

  private SandboxExtension(SandboxSettings given) {
    this.given = given;
    this.settings = given;
  }

  /** One data centre, one account, strict, with channels; for all tests of a class. */
  public static Builder builder() {
    return new Builder();
  }

  /** How the sandbox is to be. Not thread-safe. */
  public static final class Builder {
    private int dataCentres = 1;
    private int accounts = 1;
    private boolean strict = true;
    private boolean channels = true;
    private boolean freshForEachTest;
    private boolean severalConnections;
    private UnaryOperator<Sandbox.Builder> more = UnaryOperator.identity();

    private Builder() {}

    /** How many data centres, 1 to 9. */
    public Builder dataCentres(int count) {
      dataCentres = count;
      return this;
    }

    /** How many accounts are signed in before each test, new ones for each. */
    public Builder accounts(int count) {
      accounts = count;
      return this;
    }

    /** Whether a signed-in key on two connections at once is ended, as at Telegram. */
    public Builder strict(boolean isStrict) {
      strict = isStrict;
      return this;
    }

    /** Leaves the channels out: it starts in no time. */
    public Builder withoutChannels() {
      channels = false;
      return this;
    }

    /** Gives each test a sandbox of its own although the field is static. */
    public Builder freshForEachTest() {
      freshForEachTest = true;
      return this;
    }

    /** Lets tests open several connections for one key or account. */
    public Builder severalConnections() {
      severalConnections = true;
      return this;
    }

    /** Any other option of the sandbox; applied last. */
    public Builder sandbox(UnaryOperator<Sandbox.Builder> options) {
      more = options;
      return this;
    }

    /** The extension, for a field with {@code @RegisterExtension}. */
    public SandboxExtension build() {
      return new SandboxExtension(
          new SandboxSettings(
              dataCentres, accounts, strict, channels, freshForEachTest, severalConnections, more));
    }
  }

  // --- for tests -------------------------------------------------------------------------------

  /**
   * The sandbox.
   *
   * @throws IllegalStateException when no test is running
   */
  public Sandbox sandbox() {
    Sandbox current = running;
    if (current == null) {
      throw new IllegalStateException("the sandbox runs while tests run");
    }
    return current;
  }

  /** Where the first data centre listens. */
  public DataCentre dataCentre() {
    return sandbox().dataCentres().getFirst();
  }

  /** The key that clients need. */
  public RsaPublicKey publicKey() {
    return sandbox().publicKey();
  }

  /** This test's first account. */
  public ReadyAccount account() {
    return accounts().getFirst();
  }

  /** This test's accounts. */
  public List<ReadyAccount> accounts() {
    return accounts;
  }

  // --- for JUnit -------------------------------------------------------------------------------

  @Override
  public void beforeAll(ExtensionContext context) {
    if (classes++ > 0) {
      return;
    }
    if (given == null) {
      settings =
          SandboxSettings.of(
              context
                  .getTestClass()
                  .map(type -> type.getAnnotation(WithSandbox.class))
                  .orElse(null));
    }
    if (!settings.freshForEachTest()) {
      running = settings.start();
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    Sandbox current = running;
    if (current == null) {
      current = settings.start();
      running = current;
    }
    current.resetConnectionCounts();
    accounts = settings.accounts() == 0 ? List.of() : current.readyAccounts(settings.accounts());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Sandbox current = sandbox();
    Event.Stats stats = current.stats();
    boolean ofOneTest = classes == 0 || settings.freshForEachTest();
    if (ofOneTest) {
      running = null;
      current.close();
    } else {
      current.faults().clear();
      current.postsPerMinute(0);
      current.dataCentres().forEach(dc -> current.startListening(dc.id()));
    }
    check(stats);
  }

  private void check(Event.Stats stats) {
    if (settings.severalConnections()) {
      return;
    }
    if (stats.maxOpenPerKey() > 1) {
      throw new AssertionError(
          "the server counted " + stats.maxOpenPerKey() + " connections of one key at once");
    }
    if (stats.maxOpenPerAccount() > 1) {
      throw new AssertionError(
          "the server counted "
              + stats.maxOpenPerAccount()
              + " connections of one account at once");
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (--classes > 0) {
      return;
    }
    Optional.ofNullable(running).ifPresent(Sandbox::close);
    running = null;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return INJECTED.contains(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    if (type == Sandbox.class) {
      return sandbox();
    }
    if (type == ReadyAccount.class) {
      return account();
    }
    return type == DataCentre.class ? dataCentre() : publicKey();
  }
}
