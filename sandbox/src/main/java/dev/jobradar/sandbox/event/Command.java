package dev.jobradar.sandbox.event;

import dev.jobradar.sandbox.fault.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An instruction to the sandbox. */
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

  /** Sets a fault that strikes so many times and, unless it is zero, for so long at most. */
  record SetFault(Fault fault, CommandTarget target, int times, Duration time) implements Command {
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

  /** Lists the active faults. */
  record ListFaults() implements Command {
    @Override
    public String name() {
      return "faults";
    }
  }

  /** Closes connections, by RST or by FIN. */
  record Drop(CommandTarget target, boolean reset) implements Command {
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
  record Revoke(CommandTarget target, int code, String error) implements Command {
    @Override
    public String name() {
      return "revoke";
    }
  }

  /** Moves an account to another data centre. */
  record Move(CommandTarget target, int dc) implements Command {
    @Override
    public String name() {
      return "move";
    }
  }

  /** Sets the position of a channel or, without one, of an account. */
  record SetPts(CommandTarget target, int pts) implements Command {
    @Override
    public String name() {
      return "pts";
    }
  }

  /** Gives a channel other public names. */
  record Rename(String channel, List<String> names, List<String> inactive) implements Command {
    public Rename {
      names = List.copyOf(names);
      inactive = List.copyOf(inactive);
    }

    @Override
    public String name() {
      return "rename";
    }
  }

  /** Gives each of two channels the public names of the other. */
  record SwapNames(String channel, String with) implements Command {
    @Override
    public String name() {
      return "swap_names";
    }
  }

  /** Resets sessions. */
  record NewSession(CommandTarget target) implements Command {
    @Override
    public String name() {
      return "new_session";
    }
  }

  /** Pushes updatesTooLong. */
  record UpdatesTooLong(CommandTarget target) implements Command {
    @Override
    public String name() {
      return "updates_too_long";
    }
  }

  /** Lists the messages in a chat of an account; without a peer, those in Saved Messages. */
  record Messages(CommandTarget target, @Nullable Long peer, int limit) implements Command {
    @Override
    public String name() {
      return "messages";
    }
  }

  /** Reports the state of a channel. */
  record Channel(String channel) implements Command {
    @Override
    public String name() {
      return "channel";
    }
  }

  /** Reports the connections of accounts. */
  record Connections(CommandTarget target) implements Command {
    @Override
    public String name() {
      return "connections";
    }
  }

  /** Reports totals. */
  record Stats() implements Command {
    @Override
    public String name() {
      return "stats";
    }
  }
}
