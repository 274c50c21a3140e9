package dev.jobradar.sandbox.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event of the sandbox. Key ids are the 64 bits as a number; lines show them as sixteen
 * hexadecimal digits.
 */
public sealed interface Event {

  /** It listens. The first event there is. */
  record Ready(List<DataCentre> dcs, String publicKey) implements Event {
    public Ready {
      dcs = List.copyOf(dcs);
    }
  }

  /** Where a data centre listens; {@code ipv6} is null if it does not listen there. */
  record DataCentre(int id, String host, int port, @Nullable String ipv6) {}

  /** A client's TCP connection was accepted. */
  record ConnectionOpened(long connection, int dc, String remote) implements Event {}

  /** A connection was read to its end, or closed by the server. */
  record ConnectionClosed(long connection, int dc, String reason) implements Event {}

  /** A key was signed in. */
  record SignedIn(long authKeyId, long userId, int dc) implements Event {}

  /** A sign-in code was made. */
  record Code(String phone, String code, String type) implements Event {}

  /**
   * A request was answered.
   *
   * @param userId who is signed in; 0 for none
   * @param open connections that the key has open at this moment
   * @param maxOpen the most it ever had open at one moment
   * @param error the name of the error it was answered with; null when it went well
   */
  record Rpc(
      String method,
      long connection,
      int dc,
      long authKeyId,
      long userId,
      int open,
      int maxOpen,
      @Nullable String error)
      implements Event {}

  /**
   * Totals.
   *
   * @param connections open at this moment
   * @param users accounts there are
   * @param maxOpenPerKey the most connections one key ever had open at one moment
   * @param maxOpenPerAccount the most connections one account ever had open at one moment
   * @param messages posts and private messages there are
   */
  record Stats(
      long connections, long users, int maxOpenPerKey, int maxOpenPerAccount, long messages)
      implements Event {}

  /** A command made a post. */
  record Posted(String channel, int id) implements Event {}

  /** A command made several posts. */
  record PostedTogether(String channel, List<Integer> ids) implements Event {
    public PostedTogether {
      ids = List.copyOf(ids);
    }
  }

  /** A command made accounts. */
  record Accounts(int count, String file) implements Event {}

  /** A command set a fault. */
  record FaultSet(long id, String fault) implements Event {}

  /** The active faults. */
  record Faults(List<Fault> faults) implements Event {
    public Faults {
      faults = List.copyOf(faults);
    }
  }

  /**
   * An active fault.
   *
   * @param timesLeft how often it will strike yet; null without an end
   * @param struck how often it has struck
   */
  record Fault(long id, String fault, @Nullable Integer timesLeft, long struck) {}

  /** A command is done; how many it applied to. */
  record Done(String command, int count) implements Event {}

  /** What lies in a chat of an account, oldest first. */
  record Messages(long userId, long peer, List<Message> messages) implements Event {
    public Messages {
      messages = List.copyOf(messages);
    }
  }

  /**
   * A private message.
   *
   * @param date unix seconds
   * @param randomId what its sender's client called it; 0 for what the peer wrote
   */
  record Message(int id, int date, String text, long randomId) {}

  /**
   * How a channel stands.
   *
   * @param posts how many it holds
   * @param top the id of the newest one
   * @param pts the position of its latest update
   * @param members how many have joined
   */
  record Channel(String channel, long id, int posts, int top, int pts, int members)
      implements Event {}

  /** The connections of accounts. */
  record Connections(List<OfAccount> accounts) implements Event {
    public Connections {
      accounts = List.copyOf(accounts);
    }
  }

  /**
   * The connections of one account over all its keys.
   *
   * @param open now
   * @param maxOpen the most at one moment
   */
  record OfAccount(long userId, int open, int maxOpen) {}

  /** A client speaks a layer that is not served as it is. */
  record LayerNoted(long authKeyId, int layer, int servedAs) implements Event {}

  /** A command was not done; nothing of it was. */
  record Refused(String command, String message) implements Event {}

  /** What the lines left out: events that came faster than they were read. */
  record Dropped(long rpc, long other) implements Event {}
}
