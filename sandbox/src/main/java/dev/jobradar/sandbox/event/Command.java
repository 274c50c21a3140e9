package dev.jobradar.sandbox.event;

import dev.jobradar.sandbox.fault.Fault;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Something that the sandbox is told to do. */
public sealed interface Command {

  /** What it is called in a line. */
  String name();

  /** Makes a post in the channel of that public name. */
  record Post(String channel, String text) implements Command {
    @Override
    public String name() {
      return "post";
    }
  }

  /** Makes that many signed-in accounts and writes their session strings to a file. */
  record Accounts(int count, Path file) implements Command {
    @Override
    public String name() {
      return "accounts";
    }
  }

  /** Sets a fault, which strikes so many times. */
  record SetFault(Fault fault, Whom whom, int times) implements Command {
    @Override
    public String name() {
      return "fault";
    }
  }

  /** Takes a fault away; 0 for all of them. */
  record ClearFaults(long id) implements Command {
    @Override
    public String name() {
      return "clear";
    }
  }

  /** Tells which faults stand. */
  record ListFaults() implements Command {
    @Override
    public String name() {
      return "faults";
    }
  }

  /** Closes connections, by RST or by FIN. */
  record Drop(Whom whom, boolean reset) implements Command {
    @Override
    public String name() {
      return "drop";
    }
  }

  /** Changes what a post says. */
  record Edit(String channel, int id, String text) implements Command {
    @Override
    public String name() {
      return "edit";
    }
  }

  /** Sets how many posts a minute come by themselves. */
  record PostsPerMinute(int rate) implements Command {
    @Override
    public String name() {
      return "posts_per_minute";
    }
  }

  /** Stops listening for a data centre. */
  record Stop(int dc) implements Command {
    @Override
    public String name() {
      return "stop";
    }
  }

  /** Listens for a data centre again. */
  record Start(int dc) implements Command {
    @Override
    public String name() {
      return "start";
    }
  }

  /** Stops a data centre, closes its connections and listens again. */
  record Restart(int dc) implements Command {
    @Override
    public String name() {
      return "restart";
    }
  }

  /** Ends sign-ins with an error. */
  record Revoke(Whom whom, int code, String error) implements Command {
    @Override
    public String name() {
      return "revoke";
    }
  }

  /** Moves an account to another data centre. */
  record Move(Whom whom, int dc) implements Command {
    @Override
    public String name() {
      return "move";
    }
  }

  /** Begins sessions anew out of nothing. */
  record NewSession(Whom whom) implements Command {
    @Override
    public String name() {
      return "new_session";
    }
  }

  /** Tells clients that they missed updates. */
  record UpdatesTooLong(Whom whom) implements Command {
    @Override
    public String name() {
      return "updates_too_long";
    }
  }

  /** Tells what lies in a chat of an account; without a peer, in Saved Messages. */
  record Messages(Whom whom, @Nullable Long peer, int limit) implements Command {
    @Override
    public String name() {
      return "messages";
    }
  }

  /** Tells how a channel stands. */
  record Channel(String channel) implements Command {
    @Override
    public String name() {
      return "channel";
    }
  }

  /** Tells of the connections of accounts. */
  record Connections(Whom whom) implements Command {
    @Override
    public String name() {
      return "connections";
    }
  }

  /** Tells how things stand. */
  record Stats() implements Command {
    @Override
    public String name() {
      return "stats";
    }
  }
}
