package dev.jobradar.server.signin;

import dev.jobradar.clients.Attempt.Scope;
import dev.jobradar.clients.AttemptLimit;
import dev.jobradar.server.signin.Budget.Limit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Which limits hold for whom: a pure table. Strangers and browsers that have proved themselves
 * spend budgets of their own; what strangers do costs a known browser nothing.
 *
 * <p>The arithmetic of our own codes: one of 32^8, about 1.1 · 10^12. Each works only in the
 * browser that asked for it, so who guesses must ask, and is counted: a /48 may enter 100 wrong
 * ones a day, whatever number of accounts they are for. That is a chance of 9.1 · 10^-11 a day.
 */
final class SignInBudgets {
  static final Duration HOUR = Duration.ofHours(1);
  static final Duration DAY = Duration.ofDays(1);

  /**
   * What a network may do wrong at Telegram in an hour and still be taken for people's mistakes.
   */
  static final int FEW_MISTAKES = 2;

  /** Messages to one account that strangers have asked for. */
  static final GrowingDelay CODES_FOR_STRANGERS =
      new GrowingDelay(10, Duration.ofSeconds(15), Duration.ofMinutes(15), DAY);

  private static final AttemptLimit FLOOD = new AttemptLimit(20_000, HOUR);

  /** What is counted. */
  enum Kind {
    /** A code of ours is asked for. */
    OWN_CODE("own_code"),
    /** A wrong one is entered. */
    OWN_WRONG("own_wrong"),
    /** A code of Telegram's is asked for. */
    TELEGRAM_CODE("telegram_code"),
    /** A wrong one, or a wrong password, is entered. */
    TELEGRAM_WRONG("telegram_wrong");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /**
   * An attempt.
   *
   * @param phone digits
   * @param who as seen by the phone's user
   * @param used whether the phone is a user's
   * @param mistakes how many wrong entries at Telegram their widest network has made within an hour
   */
  record Attempted(Kind kind, String phone, Requester who, boolean used, long mistakes) {}

  private SignInBudgets() {}

  /** The limits that an attempt has to keep, each of them. */
  static List<Budget> of(Attempted attempt) {
    Device device = attempt.who().device();
    return device == null ? strangers(attempt) : known(attempt, device);
  }

  private static List<Budget> known(Attempted attempt, Device device) {
    Budgets all = new Budgets(attempt.kind());
    String id = Long.toString(device.id());
    switch (attempt.kind()) {
      case OWN_CODE -> all.sliding("device", id, Scope.PHONE, 10, HOUR);
      case OWN_WRONG -> all.sliding("device", id, Scope.PHONE, 20, HOUR);
      case TELEGRAM_CODE -> {
        // Telegram's own limit: nobody gets beyond it.
        all.sliding("phone", attempt.phone(), Scope.PHONE, 5, DAY);
        all.sliding("devices", "", Scope.SERVER, 200, HOUR);
      }
      case TELEGRAM_WRONG -> {
        all.sliding("device", id, Scope.PHONE, 5, HOUR);
        all.sliding("devices", "", Scope.SERVER, 20, HOUR);
      }
    }
    return all.list;
  }

  private static List<Budget> strangers(Attempted attempt) {
    Budgets all = new Budgets(attempt.kind());
    Networks from = attempt.who().networks();
    String phone = attempt.phone();
    switch (attempt.kind()) {
      case OWN_CODE -> {
        all.sliding("phone from", phone + " " + from.widest(), Scope.PHONE, 5, HOUR);
        all.add("phone strangers", phone, Scope.PHONE, new Limit.Growing(CODES_FOR_STRANGERS));
        networks(all, from, HOUR, 20, 40, 100, 60);
        all.add("server", "", Scope.SERVER, new Limit.Stretch(FLOOD));
      }
      case OWN_WRONG -> {
        networks(all, from, HOUR, 10, 20, 40, 60);
        networks(all, from, DAY, 30, 60, 100, 100);
        all.add("server", "", Scope.SERVER, new Limit.Stretch(FLOOD));
      }
      case TELEGRAM_CODE -> {
        // The rest is for the person's own browsers.
        int share = attempt.used() ? 3 : 5;
        all.sliding("phone strangers", phone, Scope.PHONE, share, DAY);
        all.sliding("phone", phone, Scope.PHONE, 5, DAY);
        networks(all, from, HOUR, 10, 20, 30, 30);
        all.sliding("server", "", Scope.SERVER, 500, HOUR);
      }
      case TELEGRAM_WRONG -> {
        all.sliding("phone in", phone + " " + attempt.who().key(), Scope.PHONE, 5, HOUR);
        networks(all, from, HOUR, 10, 10, 10, 20);
        // Telegram locks out servers that send many wrong codes, so there cannot be many in all.
        // Most of them are kept for networks that have made few mistakes.
        if (attempt.mistakes() < FEW_MISTAKES) {
          all.sliding("server first", "", Scope.SERVER, 40, HOUR);
        } else {
          all.sliding("server more", "", Scope.SERVER, 10, HOUR);
        }
      }
    }
    return all.list;
  }

  /** Each width apart. */
  private static void networks(
      Budgets all,
      Networks from,
      Duration within,
      int narrow,
      int fiftySix,
      int fortyEight,
      int twentyFour) {
    // The widest first: once it is spent, a flood from it costs no further write.
    for (String prefix : from.prefixes().reversed()) {
      int count =
          prefix.endsWith("/56")
              ? fiftySix
              : prefix.endsWith("/48") ? fortyEight : prefix.endsWith("/24") ? twentyFour : narrow;
      all.sliding("network in " + within, prefix, Scope.ADDRESS, count, within);
    }
  }

  /** Where the mistakes at Telegram of a network are counted. */
  static Budget mistakes(Networks from) {
    Budgets all = new Budgets(Kind.TELEGRAM_WRONG);
    networks(all, from, HOUR, 10, 10, 10, 20);
    return all.list.getFirst();
  }

  private static final class Budgets {
    private final Kind kind;
    private final List<Budget> list = new ArrayList<>();

    Budgets(Kind kind) {
      this.kind = kind;
    }

    void add(String what, String subject, Scope scope, Limit limit) {
      list.add(new Budget(kind.text() + " " + what, subject, scope, limit));
    }

    void sliding(String what, String subject, Scope scope, int count, Duration within) {
      add(what, subject, scope, new Limit.Sliding(new AttemptLimit(count, within)));
    }
  }
}
