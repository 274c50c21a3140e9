package dev.jobradar.telegram;

/** There is no public channel of that name: asking again does not help. */
public final class NoSuchNameException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean somethingElse;

  NoSuchNameException(String message, boolean somethingElse) {
    super(message);
    this.somethingElse = somethingElse;
  }

  /** Whether the name belongs to something that is no channel: a person or a bot. */
  public boolean belongsToSomethingElse() {
    return somethingElse;
  }
}
