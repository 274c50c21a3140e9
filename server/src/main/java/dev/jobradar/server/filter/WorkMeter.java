package dev.jobradar.server.filter;

/** Counts the steps of one match, and stops it when they are too many. For one thread. */
final class WorkMeter {
  /** A look-up takes as long as so many operations on a machine word. */
  static final int LOOK_UP = 40;

  /** So does looking at one place of a word. */
  static final int VISIT = 8;

  /** What any match may cost: the keywords of ordinary tasks need a hundredth of it. */
  private static final long BASE = 50_000;

  /** Steps for each character of the post and of the keywords. */
  private static final long A_CHARACTER = 100;

  /** About five milliseconds. */
  private static final long MOST = 5_000_000;

  private final long most;
  private long spent;

  /** Thrown inside of the filter only. */
  static final class Exhausted extends RuntimeException {
    private static final long serialVersionUID = 1;

    private Exhausted() {
      super("too many steps", null, false, false);
    }
  }

  WorkMeter(long most) {
    this.most = most;
  }

  /** A meter that allows what input of that many characters may take. */
  static WorkMeter forSize(int characters) {
    return new WorkMeter(Math.min(MOST, BASE + A_CHARACTER * characters));
  }

  void spend(long steps) {
    spent += steps;
    if (spent > most) {
      throw new Exhausted();
    }
  }

  long most() {
    return most;
  }

  long spent() {
    return spent;
  }
}
