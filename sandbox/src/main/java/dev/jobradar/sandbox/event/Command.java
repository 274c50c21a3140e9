package dev.jobradar.sandbox.event;

import dev.jobradar.sandbox.fault.Fault;
import java.nio.file.Path;

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

  /** Tells how things stand. */
  record Stats() implements Command {
    @Override
    public String name() {
      return "stats";
    }
  }
}
