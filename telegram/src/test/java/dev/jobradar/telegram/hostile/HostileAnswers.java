package dev.jobradar.telegram.hostile;

import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.net.RpcCall;
import dev.jobradar.tl.api.method.Users;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a server does with the calls of one client, drawn from a seed. Thread-safe. */
final class HostileAnswers {
  private static final DocumentedErrors DOCUMENTED = DocumentedErrors.read();

  /** What a server does with a call. */
  enum Reaction {
    RIGHT,
    LATE,
    FLOOD,
    INTERNAL,
    TIMEOUT,
    MIGRATE,
    NOT_SIGNED_IN,
    PASSWORD_NEEDED,
    NOT_INITED,
    CODE_EXPIRED,
    SRP_OUT_OF_DATE,
    TIMESTAMP_INVALID,
    ANY_ERROR,
    SILENCE,
    LOST,
    HANG_UP,
    UNREADABLE,
    ANSWER_TO_ANOTHER_QUESTION,
    UPDATES_TOO_LONG
  }

  /** What a server has in mind. */
  private enum Temper {
    /** Each data centre sends the account on to the next one. */
    RING,
    /** Each packet finds that the salts have changed. */
    SALTS,
    /** Whatever comes to its mind, and now and then what is right. */
    MIXED,
    /** Whatever comes to its mind. */
    HOSTILE
  }

  private final Random draw;
  private final Temper temper;
  private final Map<Integer, List<Reaction>> liked = new TreeMap<>();

  HostileAnswers(int seed) {
    draw = Seeds.draw(seed);
    temper =
        switch (draw.nextInt(8)) {
          case 0 -> Temper.RING;
          case 1 -> Temper.SALTS;
          case 2, 3, 4 -> Temper.MIXED;
          default -> Temper.HOSTILE;
        };
  }

  /** What goes wrong with its connections, null for nothing. */
  synchronized Fault.@Nullable OfConnection link() {
    if (temper == Temper.RING || temper == Temper.SALTS) {
      return null;
    }
    return switch (draw.nextInt(12)) {
      case 0 -> new Fault.Silence();
      case 1 -> new Fault.TransportError(List.of(404, 429, 444, 500).get(draw.nextInt(4)));
      case 2 -> new Fault.Slow(Duration.ofMillis(300), 0);
      default -> null;
    };
  }

  /** What goes wrong with its packets, null for nothing. */
  synchronized @Nullable Fault packets() {
    if (temper == Temper.RING) {
      return null;
    }
    return switch (temper == Temper.SALTS ? 0 : draw.nextInt(8)) {
      case 0 -> new Fault.WrongSalt();
      case 1 -> new Fault.DuplicatePackets();
      case 2 -> new Fault.ReplayPackets();
      case 3 -> new Fault.ReorderPackets();
      default -> null;
    };
  }

  synchronized Reaction to(int method) {
    if (temper == Temper.RING) {
      return method == Users.GetUsers.ID ? Reaction.MIGRATE : Reaction.RIGHT;
    }
    if (temper == Temper.SALTS) {
      return Reaction.RIGHT;
    }
    List<Reaction> reactions =
        liked.computeIfAbsent(
            method,
            _ -> {
              List<Reaction> some = new ArrayList<>();
              if (draw.nextInt(5) < 2) {
                // What goes right leads to what is called next.
                some.add(Reaction.RIGHT);
                return some;
              }
              for (int i = 1 + draw.nextInt(3); i > 0; i--) {
                some.add(Reaction.values()[draw.nextInt(Reaction.values().length)]);
              }
              if (temper == Temper.MIXED) {
                some.add(Reaction.RIGHT);
              }
              return some;
            });
    return reactions.get(draw.nextInt(reactions.size()));
  }

  synchronized int number(int bound) {
    return draw.nextInt(bound);
  }

  /**
   * Fails a call with what this reaction means; returns false if it means something else.
   *
   * @param dc where it came
   */
  boolean fail(RpcCall call, Reaction reaction, int dc) {
    switch (reaction) {
      case FLOOD -> call.fail(420, "FLOOD_WAIT_" + List.of(1, 2, 7, 86_400).get(number(4)));
      case INTERNAL -> call.fail(500, "INTERNAL");
      case TIMEOUT -> call.fail(-503, "Timeout");
      case MIGRATE -> call.fail(303, migrate(dc));
      case NOT_SIGNED_IN -> call.fail(401, "A_REASON_THAT_IS_NEW");
      case PASSWORD_NEEDED -> call.fail(401, "SESSION_PASSWORD_NEEDED");
      case NOT_INITED -> call.fail(400, "CONNECTION_NOT_INITED");
      case CODE_EXPIRED -> call.fail(400, "PHONE_CODE_EXPIRED");
      case SRP_OUT_OF_DATE -> call.fail(400, "SRP_ID_INVALID");
      case TIMESTAMP_INVALID -> call.fail(400, "PERSISTENT_TIMESTAMP_INVALID");
      case ANY_ERROR -> {
        DocumentedErrors.Named error;
        synchronized (this) {
          error = DOCUMENTED.any(draw);
        }
        call.fail(error.code(), error.name());
      }
      case RIGHT,
          LATE,
          SILENCE,
          LOST,
          HANG_UP,
          UNREADABLE,
          ANSWER_TO_ANOTHER_QUESTION,
          UPDATES_TOO_LONG -> {
        return false;
      }
    }
    return true;
  }

  private String migrate(int dc) {
    return temper == Temper.RING
        ? "USER_MIGRATE_" + (1 + dc % HostileTelegram.DATA_CENTRES)
        : List.of("USER", "PHONE", "NETWORK", "FILE").get(number(4))
            + "_MIGRATE_"
            + (1 + number(HostileTelegram.DATA_CENTRES + 1));
  }

  @Override
  public synchronized String toString() {
    StringBuilder shown = new StringBuilder(temper + " ");
    liked.forEach(
        (method, some) -> shown.append(Integer.toHexString(method)).append(some).append(' '));
    return shown.toString().strip();
  }
}
