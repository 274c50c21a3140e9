package dev.jobradar.benchmarks;

import dev.jobradar.mtproto.crypto.AesIge;
import java.security.GeneralSecurityException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
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
 * AES-256-IGE by size, keying included, beside the plain way: one call of the JDK per block in
 * either direction, XOR byte by byte, a cipher looked up each time. As with messages, no key comes
 * twice: the JDK would notice and save its expansion.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class IgeBenchmark {
  private static final int BLOCK = 16;

  /** Bytes encrypted or decrypted; 144 is a small message. */
  @Param({"16", "144", "1024", "8192", "65536", "1048576"})
  public int size;

  private byte[] data = new byte[0];
  private final byte[] key = new byte[32];
  private final byte[] iv = new byte[32];

  @Setup
  public void fill() {
    Random random = new Random(1);
    data = new byte[size];
    random.nextBytes(data);
    random.nextBytes(key);
    random.nextBytes(iv);
  }

  @Benchmark
  public byte[] encrypt() {
    key[0]++;
    AesIge.encrypt(key, iv, data, 0, size);
    return data;
  }

  @Benchmark
  public byte[] decrypt() {
    key[0]++;
    AesIge.decrypt(key, iv, data, 0, size);
    return data;
  }

  @Benchmark
  public byte[] encryptPlainly() throws GeneralSecurityException {
    return plainly(Cipher.ENCRYPT_MODE, 0);
  }

  @Benchmark
  public byte[] decryptPlainly() throws GeneralSecurityException {
    return plainly(Cipher.DECRYPT_MODE, BLOCK);
  }

  /** Decrypting is encrypting with the two halves of the IV exchanged. */
  private byte[] plainly(int mode, int before) throws GeneralSecurityException {
    key[0]++;
    Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
    aes.init(mode, new SecretKeySpec(key, "AES"));
    byte[] beforeMask = new byte[BLOCK];
    byte[] afterMask = new byte[BLOCK];
    System.arraycopy(iv, before, beforeMask, 0, BLOCK);
    System.arraycopy(iv, BLOCK - before, afterMask, 0, BLOCK);
    byte[] block = new byte[BLOCK];
    for (int at = 0; at < size; at += BLOCK) {
      for (int i = 0; i < BLOCK; i++) {
        block[i] = (byte) (data[at + i] ^ beforeMask[i]);
      }
      byte[] out = aes.update(block);
      for (int i = 0; i < BLOCK; i++) {
        out[i] ^= afterMask[i];
      }
      System.arraycopy(data, at, afterMask, 0, BLOCK);
      System.arraycopy(out, 0, data, at, BLOCK);
      beforeMask = out;
    }
    return data;
  }
}
