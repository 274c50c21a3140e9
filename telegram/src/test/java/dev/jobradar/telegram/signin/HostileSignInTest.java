package dev.jobradar.telegram.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.CallFailedException;
import dev.jobradar.mtproto.ConnectionClosedException;
import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.mtproto.ProtocolException;
import dev.jobradar.mtproto.RpcException;
import dev.jobradar.mtproto.client.Backoff;
import dev.jobradar.mtproto.client.CallOptions;
import dev.jobradar.telegram.Me;
import dev.jobradar.telegram.TelegramOptions;
import dev.jobradar.telegram.hostile.DocumentedErrors;
import dev.jobradar.telegram.hostile.Rate;
import dev.jobradar.telegram.hostile.Seeds;
import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.api.InputCheckPasswordSRP;
import dev.jobradar.tl.api.PasswordKdfAlgoUnknown;
import dev.jobradar.tl.api.SecurePasswordKdfAlgoUnknown;
import dev.jobradar.tl.api.User;
import dev.jobradar.tl.api.account.EmailVerifiedLogin;
import dev.jobradar.tl.api.account.Password;
import dev.jobradar.tl.api.account.SentEmailCode;
import dev.jobradar.tl.api.auth.Authorization;
import dev.jobradar.tl.api.auth.AuthorizationSignUpRequired;
import dev.jobradar.tl.api.auth.CodeTypeSms;
import dev.jobradar.tl.api.auth.SentCode;
import dev.jobradar.tl.api.auth.SentCodePaymentRequired;
import dev.jobradar.tl.api.auth.SentCodeSuccess;
import dev.jobradar.tl.api.auth.SentCodeTypeApp;
import dev.jobradar.tl.api.auth.SentCodeTypeEmailCode;
import dev.jobradar.tl.api.auth.SentCodeTypeFirebaseSms;
import dev.jobradar.tl.api.auth.SentCodeTypeSetUpEmailRequired;
import dev.jobradar.tl.api.auth.TypeSentCode;
import dev.jobradar.tl.api.method.Account;
import dev.jobradar.tl.api.method.Auth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * However Telegram answers a person who signs in, a step makes few calls, with pauses between them,
 * obeys every FLOOD_WAIT, needs little stack, and has an outcome. Time is injected. The number of
 * seeds is set with {@code -Djobradar.hostile.seeds=10000}, one of them is repeated with {@code
 * -Djobradar.hostile.seed=N}.
 */
class HostileSignInTest {
  private static final int SEEDS = Integer.getInteger("jobradar.hostile.seeds", 300);
  private static final @Nullable Integer ONE = Integer.getInteger("jobradar.hostile.seed");

  /**
   * The proof of a password fails: 2 calls, after a quarter of a second the question who is signed
   * in and the same again, after half a second more once more; the next pause is a second.
   */
  private static final int CALLS_A_SECOND = 8;

  private static final int STEPS = 30;
  private static final long SMALL_STACK = 256 << 10;
  private static final Me ME = new Me(7, "Somebody", null, null, null);
  private static final DocumentedErrors DOCUMENTED = DocumentedErrors.read();

  /** What a server does with a call. */
  private enum Reaction {
    RIGHT,
    FOR_OFFICIAL_APPS,
    FLOOD,
    INTERNAL,
    TIMEOUT,
    RESTART,
    MIGRATE,
    PASSWORD_NEEDED,
    NOT_SIGNED_IN,
    CODE_EXPIRED,
    CODE_INVALID,
    SRP_OUT_OF_DATE,
    ANY_ERROR,
    NO_ANSWER,
    CLOSED,
    UNREADABLE
  }

  @Test
  @Timeout(value = 600, unit = TimeUnit.SECONDS)
  void no_answers_make_a_sign_in_flood_the_server_or_leave_a_person_without_an_outcome()
      throws Exception {
    FutureTask<Void> all =
        new FutureTask<>(() -> {
          if (ONE != null) {
            new Run(ONE).go();
            return null;
          }
          for (int seed = 0; seed < SEEDS; seed++) {
            new Run(seed).go();
          }
          return null;
        });
    new Thread(null, all, "little stack", SMALL_STACK).start();
    all.get();
  }

  /** One person who signs in. */
  private static final class Run implements SignInCalls {
    private final int seed;
    private final Random draw;

    /** What it likes to do with each method. */
    private final Map<String, List<Reaction>> reactions = new TreeMap<>();

    private final SignIn signIn;
    private long now = 1_780_000_000_000L;
    private final Rate calls = new Rate();
    private final List<String> log = new ArrayList<>();
    private final Map<String, Long> floodedUntil = new HashMap<>();

    Run(int seed) {
      this.seed = seed;
      this.draw = Seeds.draw(seed);
      this.signIn = new SignIn(this, "999", List.of(), () -> Instant.ofEpochMilli(now));
    }

    private List<Reaction> liked(String method) {
      return reactions.computeIfAbsent(
          method,
          _ -> {
            List<Reaction> liked = new ArrayList<>();
            for (int i = 1 + draw.nextInt(3); i > 0; i--) {
              liked.add(any(List.of(Reaction.values())));
            }
            // Half of them let a person go on now and then.
            if (draw.nextBoolean()) {
              liked.add(Reaction.RIGHT);
            }
            return liked;
          });
    }

    private <T> T any(List<T> of) {
      return of.get(draw.nextInt(of.size()));
    }

    void go() throws InterruptedException {
      try {
        for (int i = 0; i < STEPS; i++) {
          int before = calls.all();
          step(draw.nextInt(7));
          assertThat(calls.all() - before)
              .as("calls of a step")
              .isLessThanOrEqualTo(SignIn.MOST_CALLS);
          // A person reads and types.
          now += 1_000 + draw.nextInt(20_000);
        }
        assertThat(calls.most(1_000)).as("calls a second").isLessThanOrEqualTo(CALLS_A_SECOND);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ", " + reactions + ", " + log + ": " + e, e);
      }
    }

    private void step(int which) throws InterruptedException {
      log.clear();
      try {
        Object outcome =
            switch (which) {
              case 0 -> signIn.sendCode();
              case 1 -> signIn.resendCode();
              case 2, 3 -> signIn.signIn("12345");
              case 4 -> signIn.checkPassword("secret");
              case 5 -> signIn.sendEmailCode("somebody@example.org");
              default -> signIn.verifyEmail("12345");
            };
        assertThat(outcome).isNotNull();
      } catch (MtprotoException told) {
        assertThat(told.getMessage()).isNotBlank();
      } catch (IllegalStateException unasked) {
        assertThat(unasked).hasMessage("ask for a code first");
        step(0);
      }
    }

    // --- the server ------------------------------------------------------------------------

    @Override
    @SuppressWarnings("unchecked") // each answer is one of its method's
    public <R> R invoke(TlMethod<R> method, CallOptions how) {
      String name = method.getClass().getSimpleName();
      assertThat(now)
          .as("%s during its FLOOD_WAIT", name)
          .isGreaterThanOrEqualTo(floodedUntil.getOrDefault(name, 0L));
      return (R) react(name, () -> right(method));
    }

    @Override
    public Me whoAmI() {
      return (Me) react("whoAmI", () -> ME);
    }

    private Object react(String method, Supplier<Object> right) {
      calls.count(now);
      Reaction reaction = any(liked(method));
      log.add(method + " " + reaction);
      // A server that is nearby.
      now += draw.nextInt(20);
      return switch (reaction) {
        case RIGHT -> right.get();
        case FOR_OFFICIAL_APPS -> {
          if (method.equals("SendCode") || method.equals("ResendCode")) {
            yield forOfficialApps();
          }
          throw error(400, "SMS_CODE_CREATE_FAILED", method);
        }
        case FLOOD -> {
          int seconds = any(List.of(1, 5, 60, 86_400));
          floodedUntil.put(method, now + seconds * 1_000L);
          throw error(420, "FLOOD_WAIT_" + seconds, method);
        }
        case INTERNAL -> throw error(500, "INTERNAL", method);
        case TIMEOUT -> throw error(-503, "Timeout", method);
        case RESTART -> throw error(500, "AUTH_RESTART", method);
        case MIGRATE -> throw error(303, "PHONE_MIGRATE_" + (1 + draw.nextInt(5)), method);
        case PASSWORD_NEEDED -> throw error(401, "SESSION_PASSWORD_NEEDED", method);
        case NOT_SIGNED_IN -> throw error(401, "AUTH_KEY_UNREGISTERED", method);
        case CODE_EXPIRED -> throw error(400, "PHONE_CODE_EXPIRED", method);
        case CODE_INVALID -> throw error(400, "PHONE_CODE_INVALID", method);
        case SRP_OUT_OF_DATE -> throw error(400, "SRP_ID_INVALID", method);
        case ANY_ERROR -> {
          DocumentedErrors.Named error = DOCUMENTED.any(draw);
          RpcException failure = error(error.code(), error.name(), method);
          if (failure instanceof RpcException.FloodWait wait) {
            floodedUntil.put(method, now + wait.delay().toMillis());
          }
          throw failure;
        }
        case NO_ANSWER -> {
          now += 30_000;
          throw new CallFailedException(
              method,
              CallFailedException.Reason.TIMED_OUT,
              CallFailedException.Progress.SENT,
              null);
        }
        case CLOSED -> throw new ConnectionClosedException("the client is closed", null);
        case UNREADABLE -> throw new ProtocolException("the answer cannot be read");
      };
    }

    private static RpcException error(int code, String name, String method) {
      return RpcException.of(code, name, method);
    }

    private static SentCode forOfficialApps() {
      return new SentCode(
          new SentCodeTypeFirebaseSms(null, null, null, null, null, 6),
          "hash",
          new CodeTypeSms(),
          60);
    }

    private Object right(TlMethod<?> method) {
      return switch (method) {
        case Auth.SendCode _, Auth.ResendCode _ -> code();
        case Auth.SignIn _ ->
            draw.nextInt(4) == 0 ? new AuthorizationSignUpRequired(null) : authorization();
        case Auth.CheckPassword _ -> authorization();
        case Account.GetPassword _ -> password();
        case Account.SendVerifyEmailCode _ -> new SentEmailCode("s***@example.org", 6);
        case Account.VerifyEmail _ -> new EmailVerifiedLogin("s***@example.org", code());
        default -> throw new IllegalStateException("nobody asks for " + method);
      };
    }

    private TypeSentCode code() {
      return switch (draw.nextInt(6)) {
        case 0 -> new SentCode(new SentCodeTypeApp(5), "hash", new CodeTypeSms(), 60);
        case 1 ->
            new SentCode(
                SentCodeTypeEmailCode.builder().emailPattern("s***@example.org").length(6).build(),
                "hash",
                null,
                null);
        case 2 ->
            new SentCode(SentCodeTypeSetUpEmailRequired.builder().build(), "hash", null, null);
        case 3 -> new SentCodeSuccess(authorization());
        case 4 -> new SentCodePaymentRequired("product", "hash", "e-mail", "subject", 7, "EUR", 1);
        default -> forOfficialApps();
      };
    }

    private static Authorization authorization() {
      return Authorization.builder()
          .user(User.builder().id(7).firstName("Somebody").build())
          .build();
    }

    private static Password password() {
      return Password.builder()
          .hasPassword(true)
          .currentAlgo(new PasswordKdfAlgoUnknown())
          .srpB(Bytes.EMPTY)
          .hint("a hint")
          .srpId(1L)
          .newAlgo(new PasswordKdfAlgoUnknown())
          .newSecureAlgo(new SecurePasswordKdfAlgoUnknown())
          .secureRandom(Bytes.EMPTY)
          .build();
    }

    // --- the client ------------------------------------------------------------------------

    /** Its computation is not what is tried here. */
    @Override
    public InputCheckPasswordSRP proof(String password, Password parameters) {
      return new InputCheckPasswordSRP(1, Bytes.EMPTY, Bytes.EMPTY);
    }

    @Override
    public void signedIn(Me account) {
      log.add("signed in");
    }

    @Override
    public TelegramOptions options() {
      return TelegramOptions.builder(1, "hash").build();
    }

    @Override
    public void pause(int failures) {
      now += Backoff.DEFAULT.delay(failures, false, draw.nextDouble()).toMillis();
    }
  }
}
