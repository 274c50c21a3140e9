package dev.jobradar.server.signin;

import dev.jobradar.clients.Attempt;
import dev.jobradar.clients.SignInLimits;
import dev.jobradar.clients.SignInOrigin;
import dev.jobradar.clients.TooManyAttemptsException;
import dev.jobradar.server.signin.Budget.Limit;
import dev.jobradar.server.signin.SignInBudgets.Attempted;
import dev.jobradar.server.signin.SignInBudgets.Kind;
import dev.jobradar.server.users.User;
import dev.jobradar.server.users.Users;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Keeps {@link SignInBudgets}, for codes of ours and of Telegram's. */
@Component
class SignInCounter implements SignInLimits {
  private final RecentRefusals refusals = new RecentRefusals();
  private final AttemptCounts counts;
  private final Users users;
  private final InstantSource clock;

  SignInCounter(AttemptCounts counts, Users users, InstantSource clock) {
    this.counts = counts;
    this.users = users;
    this.clock = clock;
  }

  @Override
  public Counted count(Attempt.Kind kind, String phone, SignInOrigin origin) {
    if (!(origin instanceof Requester who)) {
      throw new IllegalArgumentException("an origin that is not of the service");
    }
    Kind telegrams =
        switch (kind) {
          case CODE_REQUEST -> Kind.TELEGRAM_CODE;
          case WRONG_ENTRY -> Kind.TELEGRAM_WRONG;
        };
    return switch (note(telegrams, phone, who)) {
      case Noted.All(Counted counted) -> counted;
      case Noted.Refused(Budget by, Instant until) ->
          throw new TooManyAttemptsException(kind, by.scope(), until);
    };
  }

  /**
   * Counts an attempt with a code of ours.
   *
   * @throws SignInException.TooManyOneTimeCodes when one of the limits is reached; nothing is
   *     counted then
   */
  Counted countOurs(Kind kind, String phone, Requester who) {
    return switch (note(kind, phone, who)) {
      case Noted.All(Counted counted) -> counted;
      case Noted.Refused(_, Instant until) ->
          throw new SignInException.TooManyOneTimeCodes(
              kind == Kind.OWN_WRONG, Duration.between(clock.instant(), until));
    };
  }

  private sealed interface Noted {
    record All(Counted counted) implements Noted {}

    record Refused(Budget by, Instant until) implements Noted {}
  }

  private record Done(Budget budget, String bucket) {}

  /** Notes it for all budgets or for none. */
  private Noted note(Kind kind, String phone, Requester anybody) {
    Instant now = clock.instant();
    Optional<User> user = users.findByPhone(phone);
    Requester who = anybody.to(user.orElse(null));
    long mistakes = kind == Kind.TELEGRAM_WRONG ? mistakes(who.networks(), now) : 0;
    List<Done> done = new ArrayList<>();
    for (Budget budget :
        SignInBudgets.of(new Attempted(kind, phone, who, user.isPresent(), mistakes))) {
      String bucket = counts.bucket(budget.what(), budget.subject());
      Optional<Instant> refused =
          refusals.of(bucket, now).or(() -> write(budget.limit(), bucket, now));
      if (refused.isPresent()) {
        refusals.add(bucket, refused.get(), now);
        takeBack(done, now);
        return new Noted.Refused(budget, refused.get());
      }
      done.add(new Done(budget, bucket));
    }
    return new Noted.All(() -> takeBack(done, now));
  }

  private Optional<Instant> write(Limit limit, String bucket, Instant now) {
    return switch (limit) {
      case Limit.Sliding(var sliding) -> counts.note(bucket, sliding, now);
      case Limit.Stretch(var stretch) -> counts.noteInStretch(bucket, stretch, now);
      case Limit.Growing(var growing) -> counts.noteSpaced(bucket, growing, now);
    };
  }

  private long mistakes(Networks from, Instant now) {
    Budget budget = SignInBudgets.mistakes(from);
    return counts.count(counts.bucket(budget.what(), budget.subject()), SignInBudgets.HOUR, now);
  }

  private void takeBack(List<Done> done, Instant at) {
    for (Done each : done) {
      refusals.forget(each.bucket());
      if (each.budget().limit() instanceof Limit.Stretch(var limit)) {
        counts.forgetInStretch(each.bucket(), limit, at);
      } else {
        counts.forget(each.bucket(), at);
      }
    }
  }
}
