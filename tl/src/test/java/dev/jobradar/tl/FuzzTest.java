package dev.jobradar.tl;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.jobradar.tl.api.ApiSchema;
import dev.jobradar.tl.api.TypeMessage;
import dev.jobradar.tl.api.TypePageBlock;
import dev.jobradar.tl.api.TypeUpdates;
import dev.jobradar.tl.api.messages.TypeMessages;
import dev.jobradar.tl.mtproto.MtprotoSchema;
import dev.jobradar.tl.mtproto.TypeServerDHParams;
import dev.jobradar.tl.schema.Definition;
import dev.jobradar.tl.schema.Schema;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Broken and made-up bytes at every entry point: the outcome is a value or a {@link TlException},
 * and the memory taken stays in proportion to the bytes that came in.
 */
class FuzzTest {
  private static final int ROUNDS = 5_000;
  private static final TlLimits LIMITS = new TlLimits(1 << 18, 64, 1 << 24, 1 << 16);

  /** A record of many absent fields takes up to some 400 bytes of heap for 24 bytes of input. */
  private static final int HEAP_PER_BYTE = 64;

  /** Exceptions with their traces, unpacking buffers. */
  private static final int HEAP_BESIDES = 600_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static List<Named<Consumer<TlReader>>> entryPoints() {
    return List.of(
        entry("any constructor of the API", ApiSchema::readObject),
        entry("any function of the API", ApiSchema::readMethod),
        entry("any constructor of MTProto", MtprotoSchema::readObject),
        entry("any function of MTProto", MtprotoSchema::readMethod),
        entry("Updates", TypeUpdates::readFrom),
        entry("messages.Messages", TypeMessages::readFrom),
        entry("Message", TypeMessage::readFrom),
        entry("PageBlock", TypePageBlock::readFrom),
        entry("Server_DH_Params", TypeServerDHParams::readFrom),
        entry("Vector<Message>", reader -> reader.readVector(TypeMessage::readFrom)),
        entry("Vector<Vector<int>>", reader -> reader.readVector(8, FuzzTest::readInts)),
        entry("vector<long>", reader -> reader.readBareVector(8, TlReader::readLong)),
        entry("string", TlReader::readString),
        entry("bytes", TlReader::readBytes),
        entry("Bool", TlReader::readBool),
        entry("gzip_packed", TlReader::unpack));
  }

  private static List<Integer> readInts(TlReader reader) {
    return reader.readVector(TlReader::readInt);
  }

  private static Named<Consumer<TlReader>> entry(String name, Consumer<TlReader> read) {
    return Named.of(name, read);
  }

  @ParameterizedTest
  @MethodSource("entryPoints")
  void whatever_comes_in_is_a_value_or_a_tl_exception(Consumer<TlReader> read) {
    Random random = new Random(7);
    List<byte[]> seeds = seeds(random);
    int values = 0;
    int refusals = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes = mutated(seeds.get(random.nextInt(seeds.size())), random);
      long before = threads.getCurrentThreadAllocatedBytes();
      try {
        read.accept(new TlReader(bytes, LIMITS));
        values++;
      } catch (TlException expected) {
        refusals++;
      }
      long taken = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(taken).isLessThan(HEAP_BESIDES + (long) HEAP_PER_BYTE * bytes.length);
    }
    assertThat(refusals).isPositive();
    assertThat(values + refusals).isEqualTo(ROUNDS);
  }

  /** Valid values of both schemas, vectors, strings and packed values. */
  private static List<byte[]> seeds(Random random) {
    List<byte[]> seeds = new ArrayList<>();
    for (Schema schema : List.of(Schemas.API, Schemas.MTPROTO)) {
      RandomValues values = new RandomValues(schema, random);
      List<Definition> all = schema.definitions();
      for (int i = 0; i < 300; i++) {
        seeds.add(values.bytesOf(all.get(random.nextInt(all.size()))));
      }
      for (String type : List.of("Updates", "messages.Messages", "Message", "PageBlock")) {
        for (Definition constructor : schema.constructorsOf(type)) {
          seeds.add(values.bytesOf(constructor));
        }
      }
    }
    for (int i = 0; i < 40; i++) {
      byte[] value = seeds.get(random.nextInt(seeds.size()));
      TlWriter vector = new TlWriter();
      vector.writeVector(List.of(value, value), TlWriter::writeRawBytes);
      seeds.add(vector.toByteArray());
      TlWriter packed = new TlWriter();
      GzipPacked.write(packed, value);
      seeds.add(packed.toByteArray());
      TlWriter bomb = new TlWriter();
      GzipPacked.write(bomb, new byte[1 << 20]);
      seeds.add(bomb.toByteArray());
    }
    return seeds;
  }

  private static byte[] mutated(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    for (int n = random.nextInt(4); n > 0; n--) {
      bytes =
          switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 1 -> withInt(bytes, random, random.nextInt());
            case 2 -> withInt(bytes, random, 1 << random.nextInt(31));
            case 3 -> withByte(bytes, random);
            case 4 -> withPartRepeated(bytes, random);
            default -> Arrays.copyOf(bytes, bytes.length + random.nextInt(64));
          };
    }
    return bytes;
  }

  private static byte[] withInt(byte[] bytes, Random random, int value) {
    if (bytes.length < 4) {
      return bytes;
    }
    TlWriter writer = new TlWriter();
    writer.writeInt(value);
    System.arraycopy(writer.toByteArray(), 0, bytes, random.nextInt(bytes.length / 4) * 4, 4);
    return bytes;
  }

  private static byte[] withByte(byte[] bytes, Random random) {
    if (bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }

  private static byte[] withPartRepeated(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length + 1);
    TlWriter writer = new TlWriter();
    writer.writeRawBytes(Arrays.copyOf(bytes, at));
    for (int i = random.nextInt(100); i > 0; i--) {
      writer.writeRawBytes(Arrays.copyOf(bytes, Math.min(at, 16)));
    }
    writer.writeRawBytes(Arrays.copyOfRange(bytes, at, bytes.length));
    return writer.toByteArray();
  }
}
