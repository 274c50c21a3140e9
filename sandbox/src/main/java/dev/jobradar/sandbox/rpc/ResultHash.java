package dev.jobradar.sandbox.rpc;

import java.util.stream.LongStream;

/** The hash by which a client says which answer it has already (api/offsets). */
final class ResultHash {

  private ResultHash() {}

  /** The hash of numbers in the order of the answer. */
  static long of(LongStream numbers) {
    return numbers.reduce(0, ResultHash::step);
  }

  private static long step(long hash, long number) {
    long mixed = hash;
    mixed ^= mixed >>> 21;
    mixed ^= mixed << 35;
    mixed ^= mixed >>> 4;
    return mixed + number;
  }
}
