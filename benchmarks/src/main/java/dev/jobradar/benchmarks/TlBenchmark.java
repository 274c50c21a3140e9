package dev.jobradar.benchmarks;

import dev.jobradar.tl.TlReader;
import dev.jobradar.tl.api.messages.ChannelMessages;
import dev.jobradar.tl.api.messages.TypeMessages;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Encoding and decoding a page of 100 posts. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TlBenchmark {
  private final ChannelMessages page = PostsPage.of(100);
  private final byte[] bytes = page.toByteArray();

  @Setup
  public void check() {
    TlReader reader = new TlReader(bytes);
    if (!TypeMessages.readFrom(reader).equals(page) || reader.remaining() != 0) {
      throw new IllegalStateException("the page does not survive encoding");
    }
    System.out.println("the page has " + bytes.length + " bytes");
  }

  @Benchmark
  public byte[] encode() {
    return page.toByteArray();
  }

  @Benchmark
  public TypeMessages decode() {
    return TypeMessages.readFrom(new TlReader(bytes));
  }
}
