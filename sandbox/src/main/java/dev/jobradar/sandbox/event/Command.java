package dev.jobradar.sandbox.event;

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

  /** Tells how things stand. */
  record Stats() implements Command {
    @Override
    public String name() {
      return "stats";
    }
  }
}
