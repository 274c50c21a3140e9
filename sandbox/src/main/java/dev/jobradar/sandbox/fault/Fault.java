package dev.jobradar.sandbox.fault;

import dev.jobradar.tl.ApiErrors;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;

/**
 * A fault to inject, for as long as it is {@linkplain Faults#set set}. Immutable.
 *
 * <p>What strikes how often is counted by kind: a fault of connections strikes a connection once
 * and stays with it, one of calls strikes call by call.
 */
public sealed interface Fault {

  /** What it is called in commands and events. */
  String name();

  /** Strikes connections: each is affected until the fault is removed. */
  sealed interface OfConnection extends Fault {}

  /** Strikes packets to the client, one by one. */
  sealed interface OfPacket extends Fault {}

  /** Strikes calls. */
  sealed interface OfCall extends Fault {}

  /** Strikes what calls were answered with. */
  sealed interface OfAnswer extends OfCall {}

  /** Strikes updates that are pushed. */
  sealed interface OfUpdate extends Fault {}

  /** The server accepts connections and reads what comes, but takes none of it and says nothing. */
  record Silence() implements OfConnection {
    @Override
    public String name() {
      return "silence";
    }
  }

  /**
   * The server stops reading and writing, and never closes: as when a router has forgotten the
   * link.
   */
  record HalfOpen() implements OfConnection {
    @Override
    public String name() {
      return "half_open";
    }
  }

  /**
   * Each packet takes long, either way.
   *
   * @param delay for each packet
   * @param bytesPerSecond how fast it travels then; 0 for at once
   */
  record Slow(Duration delay, int bytesPerSecond) implements OfConnection {

    /**
     * @throws IllegalArgumentException when a number is below 0
     */
    public Slow {
      if (delay.isNegative() || bytesPerSecond < 0) {
        throw new IllegalArgumentException("a link is slow by 0 or more");
      }
    }

    /** How long a packet of that many bytes takes. */
    public Duration time(int bytes) {
      return bytesPerSecond == 0 ? delay : delay.plusMillis(bytes * 1_000L / bytesPerSecond);
    }

    @Override
    public String name() {
      return "slow";
    }
  }

  /**
   * The first packet is answered with a transport error, and the connection closed.
   *
   * @param code positive: 404, 429, 444
   */
  record TransportError(int code) implements OfConnection {

    /**
     * @throws IllegalArgumentException when the code is not one of 1 to 999
     */
    public TransportError {
      if (code < 1 || code > 999) {
        throw new IllegalArgumentException("a transport error is 1 to 999, got " + code);
      }
    }

    @Override
    public String name() {
      return "transport_error";
    }
  }

  /**
   * More connections than that from one address within a time are answered with −429. Who is meant
   * cannot be said but for the data centre.
   *
   * @param most so many are served
   * @param within the time
   */
  record ConnectionLimit(int most, Duration within) implements Fault {

    /**
     * @throws IllegalArgumentException when a number is below 1
     */
    public ConnectionLimit {
      if (most < 1 || !within.isPositive()) {
        throw new IllegalArgumentException("a limit is one connection or more within a time");
      }
    }

    @Override
    public String name() {
      return "connection_limit";
    }
  }

  /**
   * The server's time is off, for all clients. Its sessions are reset when that begins and when it
   * ends.
   *
   * @param offset added to the true time
   */
  record ClockSkew(Duration offset) implements Fault {
    @Override
    public String name() {
      return "clock_skew";
    }
  }

  /** A packet finds that the salts of its key have changed: {@code bad_server_salt}. */
  record WrongSalt() implements Fault {
    @Override
    public String name() {
      return "wrong_salt";
    }
  }

  /** A packet comes twice. */
  record DuplicatePackets() implements OfPacket {
    @Override
    public String name() {
      return "duplicate_packets";
    }
  }

  /** A packet is overtaken by the next one; after 300 ms it comes in any case. */
  record ReorderPackets() implements OfPacket {
    @Override
    public String name() {
      return "reorder_packets";
    }
  }

  /** After a packet an older one of the same session comes again, perhaps of another connection. */
  record ReplayPackets() implements OfPacket {
    @Override
    public String name() {
      return "replay_packets";
    }
  }

  /**
   * A call is not executed, and answered with an error.
   *
   * @param code such as 420
   * @param error such as {@code FLOOD_WAIT_3}
   */
  record Fail(int code, String error) implements OfCall {

    /**
     * @throws IllegalArgumentException when the name is none: letters, digits and underscores
     */
    public Fail {
      if (!error.matches("[A-Za-z0-9_]{1,128}")) {
        throw new IllegalArgumentException("an error is named such as FLOOD_WAIT_3 or Timeout");
      }
    }

    @Override
    public String name() {
      return "fail";
    }
  }

  /**
   * Data centres that send an account to each other: a call at one of them is answered {@code
   * …_MIGRATE_X} with the next, at the last with the first. To let it begin at a certain call, aim
   * at a method.
   *
   * @param who what has moved, as the servers say
   * @param ring the data centres, each once; one alone sends clients to itself
   */
  record MigrateLoop(Moved who, List<Integer> ring) implements OfCall {

    /**
     * @throws IllegalArgumentException when there is none, one is named twice or is not one of 1 to
     *     9
     */
    public MigrateLoop {
      ring = List.copyOf(ring);
      if (ring.isEmpty()
          || new HashSet<>(ring).size() != ring.size()
          || ring.stream().anyMatch(dc -> dc < 1 || dc > 9)) {
        throw new IllegalArgumentException("a loop is made of data centres 1 to 9, each once");
      }
    }

    /** Whether it has something to say at this data centre. */
    public boolean includes(int dc) {
      return ring.contains(dc);
    }

    /** The answer at one of its data centres. */
    public Fail at(int dc) {
      return migrate(who, ring.get((ring.indexOf(dc) + 1) % ring.size()));
    }

    @Override
    public String name() {
      return "migrate_loop";
    }
  }

  /**
   * A call is executed, and what it is answered with has a constructor that no layer knows: the
   * whole answer is unreadable.
   */
  record UnknownConstructor() implements OfAnswer {
    @Override
    public String name() {
      return "unknown_constructor";
    }
  }

  /**
   * A message has a constructor that no layer knows, wherever it occurs: in differences, in
   * history, by its id and pushed. The rest of an answer stays as it is; a client cannot read it
   * either, since TL does not say where an unknown value ends. Aim at the channel of the post, or
   * at the account with the private message; aim at a method to leave the other answers readable.
   *
   * @param id the message's
   */
  record UnknownMessage(int id) implements OfCall {

    /**
     * @throws IllegalArgumentException when the id is not positive
     */
    public UnknownMessage {
      if (id < 1) {
        throw new IllegalArgumentException("a message has an id of 1 or more, got " + id);
      }
    }

    @Override
    public String name() {
      return "unknown_message";
    }
  }

  /**
   * Histories, searches and differences bring fewer messages than asked for although there are
   * more: those nearest to where the client stands. A difference is not final then.
   *
   * @param most how many at most
   */
  record ShortPages(int most) implements OfCall {

    /**
     * @throws IllegalArgumentException when it is below 1: an empty page is the end
     */
    public ShortPages {
      if (most < 1) {
        throw new IllegalArgumentException("a short page holds one message or more");
      }
    }

    @Override
    public String name() {
      return "short_pages";
    }
  }

  /**
   * {@code auth.resendCode} answers with the same kind of code again, and promises the next one.
   */
  record RepeatCodeType() implements OfCall {
    @Override
    public String name() {
      return "repeat_code_type";
    }
  }

  /**
   * A call is executed, and answered late. Those that follow do not wait for it.
   *
   * @param delay how much later
   */
  record DelayAnswers(Duration delay) implements OfAnswer {
    @Override
    public String name() {
      return "delay_answers";
    }
  }

  /**
   * A call is executed and its answer lost. It is sent when the client sends the same message id
   * again, as by a server that remembers what it answered.
   *
   * @param hangUp whether the connection is reset in place of the answer
   */
  record LoseAnswers(boolean hangUp) implements OfAnswer {
    @Override
    public String name() {
      return "lose_answers";
    }
  }

  /** A call of {@code updates.getDifference} is answered {@code differenceTooLong}. */
  record DifferenceTooLong() implements OfCall {
    @Override
    public String name() {
      return "difference_too_long";
    }
  }

  /**
   * A call of {@code updates.getDifference} is answered {@code differenceEmpty}, whatever there is.
   */
  record DifferenceEmpty() implements OfCall {
    @Override
    public String name() {
      return "difference_empty";
    }
  }

  /** One of {@code updates.getChannelDifference} is answered {@code channelDifferenceTooLong}. */
  record ChannelDifferenceTooLong() implements OfCall {
    @Override
    public String name() {
      return "channel_difference_too_long";
    }
  }

  /** An update is not pushed: positions move on, and nothing comes. */
  record SwallowUpdates() implements OfUpdate {
    @Override
    public String name() {
      return "swallow_updates";
    }
  }

  /** What is pushed has a constructor that no layer knows. */
  record UnknownUpdates() implements OfUpdate {
    @Override
    public String name() {
      return "unknown_updates";
    }
  }

  /** An update is pushed twice. */
  record DoubleUpdates() implements OfUpdate {
    @Override
    public String name() {
      return "double_updates";
    }
  }

  /** An update is pushed after the next one; after 300 ms in any case. */
  record ReorderUpdates() implements OfUpdate {
    @Override
    public String name() {
      return "reorder_updates";
    }
  }

  /**
   * An error with the code that Telegram documents for it.
   *
   * @throws IllegalArgumentException when it documents none of this name
   */
  static Fail error(String name) {
    int code =
        ApiErrors.codeOf(name)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "'" + name + "' is no documented error: it needs a code"));
    return new Fail(code, name);
  }

  /** 303 {@code PHONE_MIGRATE_X}, {@code USER_MIGRATE_X} and the other kinds. */
  static Fail migrate(Moved who, int dc) {
    return new Fail(303, who.name() + "_MIGRATE_" + dc);
  }

  /** Who belongs to another data centre. */
  enum Moved {
    /** The phone number's account. */
    PHONE,
    /** The signed-in user. */
    USER,
    /** All clients that come from this address. */
    NETWORK,
    /** A file. */
    FILE,
    /** A channel's statistics. */
    STATS
  }

  /** 420 {@code FLOOD_PREMIUM_WAIT_X}, in whole seconds. */
  static Fail floodPremiumWait(Duration wait) {
    return new Fail(420, "FLOOD_PREMIUM_WAIT_" + wait.toSeconds());
  }

  /** 420 {@code SLOWMODE_WAIT_X}: this chat takes no more for now, in whole seconds. */
  static Fail slowModeWait(Duration wait) {
    return new Fail(420, "SLOWMODE_WAIT_" + wait.toSeconds());
  }

  /** 420 {@code FLOOD_WAIT_X}: too much, in whole seconds. */
  static Fail floodWait(Duration wait) {
    return new Fail(420, "FLOOD_WAIT_" + wait.toSeconds());
  }
}
