package dev.jobradar.benchmarks;

import dev.jobradar.mtproto.crypto.AuthKey;
import dev.jobradar.mtproto.crypto.MessageDirection;
import dev.jobradar.mtproto.session.EncryptedMessage;
import dev.jobradar.mtproto.session.Slice;
import java.security.SecureRandom;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Sealing and opening one encrypted message by the length of its body: padding, hashes, key
 * derivation, AES-IGE and every check of the envelope.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class MessageBenchmark {
  /** Bytes of the body: a ping, a call, a page of posts. */
  @Param({"16", "84", "1024", "65536"})
  public int body;

  private final SecureRandom secure = new SecureRandom();
  private final AuthKey key = key();
  private EncryptedMessage message = message(0);
  private byte[] sealed = new byte[0];

  @Setup
  public void seal() {
    message = message(body);
    sealed = message.seal(key, MessageDirection.TO_SERVER, secure);
  }

  @Benchmark
  public byte[] sealMessage() {
    return message.seal(key, MessageDirection.TO_SERVER, secure);
  }

  /** Opening works in place, so each takes a copy, as each packet is an array of its own. */
  @Benchmark
  public EncryptedMessage openMessage() {
    return EncryptedMessage.open(key, MessageDirection.TO_SERVER, sealed.clone());
  }

  private static EncryptedMessage message(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return new EncryptedMessage(1, 2, 0x6000_0000_0000_0000L, 3, Slice.of(bytes));
  }

  private static AuthKey key() {
    byte[] bytes = new byte[AuthKey.SIZE];
    new Random(7).nextBytes(bytes);
    return new AuthKey(bytes);
  }
}
