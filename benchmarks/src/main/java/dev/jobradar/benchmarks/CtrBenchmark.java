package dev.jobradar.benchmarks;

import dev.jobradar.mtproto.crypto.AesCtr;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
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
 * The AES-256-CTR of obfuscated connections by size, which keeps a key and a counter, beside a
 * cipher of the JDK's kept for each direction of each connection.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class CtrBenchmark {
  /** Bytes of one call. */
  @Param({"160", "1024", "65536"})
  public int size;

  private final AesCtr[] streams = {
    new AesCtr(key(0), new byte[16]), new AesCtr(key(1), new byte[16])
  };
  private final Cipher[] ciphers = {newCipher(0), newCipher(1)};
  private int turn;
  private byte[] data = new byte[0];

  @Setup
  public void allocate() {
    data = new byte[size];
  }

  @Benchmark
  public byte[] stream() {
    turn ^= 1;
    streams[turn].apply(data, 0, size);
    return data;
  }

  @Benchmark
  public byte[] keptCipher() throws GeneralSecurityException {
    turn ^= 1;
    ciphers[turn].update(data, 0, size, data, 0);
    return data;
  }

  private static Cipher newCipher(int number) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key(number), "AES"),
          new IvParameterSpec(new byte[16]));
      return cipher;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] key(int number) {
    byte[] key = new byte[AesCtr.KEY_SIZE];
    key[0] = (byte) number;
    return key;
  }
}
