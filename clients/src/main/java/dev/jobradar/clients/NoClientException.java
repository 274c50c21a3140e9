package dev.jobradar.clients;

/** There is no client for a user; {@link #answer} says why. */
public final class NoClientException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Answer answer;

  NoClientException(Answer answer) {
    super(words(answer), answer instanceof Answer.Unreachable(var cause, _) ? cause : null);
    this.answer = answer;
  }

  /** Never {@link Answer.Connected}. */
  public Answer answer() {
    return answer;
  }

  private static String words(Answer answer) {
    return switch (answer) {
      case Answer.Connected _ -> throw new IllegalArgumentException("there is a client");
      case Answer.NoSession() -> "the user has not signed in";
      case Answer.SessionEnded(SessionEnd end) -> "the sign-in is over: " + end.reason();
      case Answer.Unreachable(Exception cause, _) ->
          "Telegram cannot be reached now: " + cause.getMessage();
    };
  }
}
