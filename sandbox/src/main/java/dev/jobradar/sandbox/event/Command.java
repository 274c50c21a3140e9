package dev.jobradar.sandbox.event;

import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.world.PostContent;
import dev.jobradar.tl.api.WebPage;
import java.net.StandardProtocolFamily;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An instruction to the sandbox. */
public sealed interface Command {

  /** What it is called in a line. */
  String name();

  /**
   * Makes a post in the channel of that public name.
   *
   * @param by the account that writes it; null for none in the sandbox
   * @param date as of when, unix seconds; 0 for now
   */
  record Post(String channel, PostContent content, @Nullable CommandTarget by, int date)
      implements Command {
    /** A text. */
    public Post(String channel, String text) {
      this(channel, PostContent.of(text), null, 0);
    }

    @Override
    public String name() {
      return "post";
    }
  }

  /** Makes posts that are pushed at once. */
  record Album(String channel, List<PostContent> parts) implements Command {
    public Album {
      parts = List.copyOf(parts);
    }

    @Override
    public String name() {
      return "album";
    }
  }

  /** Deletes posts. */
  record Delete(String channel, List<Integer> ids) implements Command {
    public Delete {
      ids = List.copyOf(ids);
    }

    @Override
    public String name() {
      return "delete";
    }
  }

  /** Makes the link preview of a post ready. */
  record WebPageCame(String channel, int id, WebPage page) implements Command {
    @Override
    public String name() {
      return "webpage";
    }
  }

  /** Sets how many have seen a post. */
  record Views(String channel, int id, int views) implements Command {
    @Override
    public String name() {
      return "views";
    }
  }

  /**
   * Makes a channel or a group.
   *
   * @param channel its public name; null for a private one
   * @param audience how many members it has outside the sandbox
   * @param joinedByNew whether new accounts join it by themselves
   */
  record MakeChannel(
      @Nullable String channel, int audience, boolean joinedByNew, ChannelChange change)
      implements Command {
    @Override
    public String name() {
      return "make_channel";
    }
  }

  /** Changes what a channel is. */
  record SetChannel(String channel, ChannelChange change) implements Command {
    @Override
    public String name() {
      return "set_channel";
    }
  }

  /**
   * What a channel is to be; null leaves a thing as it is.
   *
   * @param group whether everybody writes in it
   * @param noForwards whether its posts may not be forwarded or copied
   * @param linkedTo the public name of the group of a channel, or of the channel of a group
   */
  record ChannelChange(
      @Nullable String title,
      @Nullable String about,
      @Nullable Boolean group,
      @Nullable Boolean noForwards,
      @Nullable String linkedTo) {}

  /** Has an account join a channel, or leave it. */
  record Membership(CommandTarget target, String channel, boolean joins) implements Command {
    @Override
    public String name() {
      return joins ? "join" : "leave";
    }
  }

  /**
   * Makes that many signed-in accounts and writes their session strings to a file.
   *
   * @param described whether a line says whose session it is, as JSON
   */
  record Accounts(int count, Path file, boolean described) implements Command {
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

  /** Changes what is said of a post. */
  record Edit(String channel, int id, PostContent change) implements Command {
    /** Changes its text. */
    public Edit(String channel, int id, String text) {
      this(channel, id, PostContent.of(text));
    }

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

  /** Stops listening for a data centre, at its address of one family or, for null, at all. */
  record Stop(int dc, @Nullable StandardProtocolFamily family) implements Command {
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
