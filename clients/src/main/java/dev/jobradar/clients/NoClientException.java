package dev.jobradar.clients;

/** There is no client for a user; {@link #answer} says why. */
public final class NoClientException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ClientResult answer;

  NoClientException(ClientResult answer) {
    super(words(answer), answer instanceof ClientResult.Unreachable(var cause, _) ? cause : null);
    this.answer = answer;
  }

  /** Never {@link ClientResult.Connected}. */
  public ClientResult answer() {
    return answer;
  }

  private static String words(ClientResult answer) {
    return switch (answer) {
      case ClientResult.Connected _ -> throw new IllegalArgumentException("there is a client");
      case ClientResult.NoSession() -> "the user has not signed in";
      case ClientResult.SessionEnded(SessionEnd end) -> "the sign-in is over: " + end.reason();
      case ClientResult.Unreachable(Exception cause, _) ->
          "Telegram cannot be reached now: " + cause.getMessage();
    };
  }
}
