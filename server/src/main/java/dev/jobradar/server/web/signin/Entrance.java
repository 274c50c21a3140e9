package dev.jobradar.server.web.signin;

import dev.jobradar.clients.SignInId;
import dev.jobradar.server.account.Accounts;
import dev.jobradar.server.signin.Requester;
import dev.jobradar.server.signin.SignInException;
import dev.jobradar.server.signin.SignInFlow;
import dev.jobradar.server.signin.SignInStart;
import dev.jobradar.server.signin.UserLoggedOut;
import dev.jobradar.server.signin.UserSignedIn;
import dev.jobradar.server.users.User;
import dev.jobradar.server.web.Browsers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * The way in and out in a browser, for the API and for pages alike: {@link SignInFlow} with its
 * cookies. What fails is a {@link dev.jobradar.server.web.ProblemException} that says what to do.
 * Thread-safe.
 */
@Component
public class Entrance {
  private final SignInFlow signIns;
  private final SignInProblems problems;
  private final Browsers browsers;
  private final Accounts accounts;
  private final ApplicationEventPublisher events;

  Entrance(
      SignInFlow signIns,
      Browsers browsers,
      Accounts accounts,
      ApplicationEventPublisher events,
      InstantSource clock) {
    this.signIns = signIns;
    this.problems = new SignInProblems(clock);
    this.browsers = browsers;
    this.accounts = accounts;
    this.events = events;
  }

  /**
   * A sign-in that has begun.
   *
   * @param browser what the browser is known by from now on: a secret
   */
  public record Begun(SignInStart start, String browser) {
    /** Shows no secret. */
    @Override
    public String toString() {
      return "Begun[" + start.getClass().getSimpleName() + "]";
    }
  }

  /**
   * Begins.
   *
   * @param phone digits with the country code
   */
  public Begun start(String phone, HttpServletRequest request, HttpServletResponse response)
      throws InterruptedException {
    Requester who = browsers.requester(request);
    SignInStart start = problems.explaining(() -> signIns.start(phone, who));
    boolean ours = start instanceof SignInStart.OneTimeCodeSent;
    return new Begun(start, browsers.asked(who, ours, request, response));
  }

  /** Has Telegram send its code once more. */
  public SignInStart resend(SignInId id) throws InterruptedException {
    return problems.explaining(() -> signIns.resend(id));
  }

  /**
   * Goes on with Telegram's code.
   *
   * @param renewed hears how another code travels, when Telegram has sent one and this fails
   */
  public SignInFlow.Entered submitCode(SignInId id, String code, Consumer<SignInStart> renewed)
      throws InterruptedException {
    return entered(() -> signIns.submitCode(id, code), renewed);
  }

  /** Goes on with the two-step password; as {@link #submitCode}. */
  public SignInFlow.Entered submitPassword(
      SignInId id, String password, Consumer<SignInStart> renewed) throws InterruptedException {
    return entered(() -> signIns.submitPassword(id, password), renewed);
  }

  private SignInFlow.Entered entered(
      SignInProblems.Call<SignInFlow.Entered> call, Consumer<SignInStart> renewed)
      throws InterruptedException {
    return problems.explaining(() -> {
      try {
        return call.run();
      } catch (SignInException.CodeRenewed another) {
        renewed.accept(another.start());
        throw another;
      }
    });
  }

  /**
   * Stores what Telegram has accepted, and signs the browser in.
   *
   * @param locale of a user who is new
   */
  public User save(
      SignInId id, Locale locale, HttpServletRequest request, HttpServletResponse response)
      throws InterruptedException {
    User user = problems.explaining(() -> signIns.save(id, locale.getLanguage()));
    return signedIn(user, request, response);
  }

  /** Signs the browser in that asked for this code of ours. */
  public User signInWithMessage(
      String phone, String code, HttpServletRequest request, HttpServletResponse response)
      throws InterruptedException {
    Requester who = browsers.requester(request);
    User user = problems.explaining(() -> signIns.signInWithMessage(phone, code, who));
    return signedIn(user, request, response);
  }

  private User signedIn(User user, HttpServletRequest request, HttpServletResponse response) {
    browsers.signedIn(user, request, response);
    events.publishEvent(new UserSignedIn(user.id()));
    return user;
  }

  /** Gives a sign-in up. */
  public void cancel(SignInId id) {
    signIns.cancel(id);
  }

  /** Also for who is not signed in: it is done then. */
  public void signOut(Optional<User> user, HttpServletRequest request, HttpServletResponse response)
      throws InterruptedException {
    browsers.signedOut(request, response);
    if (user.isPresent()) {
      try {
        accounts.close(user.get().id());
      } finally {
        // However far that went: nothing is watched any more, and has to be again.
        events.publishEvent(new UserLoggedOut(user.get().id()));
      }
    }
  }
}
