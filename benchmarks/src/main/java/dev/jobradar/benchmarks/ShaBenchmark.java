package dev.jobradar.benchmarks;

import dev.jobradar.mtproto.crypto.Hashes;
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

/** SHA-1 and SHA-256 by size. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class ShaBenchmark {
  /** Bytes hashed. */
  @Param({"16", "144", "1024", "65536"})
  public int size;

  private byte[] data = new byte[0];

  @Setup
  public void allocate() {
    data = new byte[size];
  }

  @Benchmark
  public byte[] sha1() {
    return Hashes.sha1(data);
  }

  @Benchmark
  public byte[] sha256() {
    return Hashes.sha256(data);
  }
}
