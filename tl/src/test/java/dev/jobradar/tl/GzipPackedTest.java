package dev.jobradar.tl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jobradar.tl.TlException.Reason;
import dev.jobradar.tl.api.ApiSchema;
import dev.jobradar.tl.api.TextPlain;
import dev.jobradar.tl.api.method.Help;
import dev.jobradar.tl.api.method.InvokeWithLayer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipPackedTest {
  private static final TlLimits LIMITS = new TlLimits(1000, 64, 1 << 20, 10_000);

  @Test
  void what_was_packed_unpacks() {
    byte[] value = new TextPlain("вакансия ".repeat(500)).toByteArray();

    Bytes packed = GzipPacked.pack(value);

    assertThat(packed.size()).isLessThan(value.length / 10);
    assertThat(GzipPacked.unpack(packed, TlLimits.DEFAULT)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(ints = {10_001, 100_000, 100_000_000})
  void a_bomb_is_refused(int size) {
    Bytes bomb = GzipPacked.pack(new byte[size]);

    assertRefused(() -> GzipPacked.unpack(bomb, LIMITS), Reason.LIMIT);
  }

  @Test
  void as_much_as_the_limit_is_unpacked() {
    assertThat(GzipPacked.unpack(GzipPacked.pack(new byte[10_000]), LIMITS)).hasSize(10_000);
  }

  @Test
  void several_values_of_a_message_share_the_limit() {
    TlWriter writer = new TlWriter();
    GzipPacked.write(writer, new byte[6_000]);
    GzipPacked.write(writer, new byte[6_000]);
    TlReader reader = new TlReader(writer.toByteArray(), LIMITS);

    assertThat(reader.unpack().remaining()).isEqualTo(6_000);
    assertRefused(reader::unpack, Reason.LIMIT);
  }

  @Test
  void a_slice_shares_the_limit_of_the_whole() {
    TlWriter writer = new TlWriter();
    GzipPacked.write(writer, new byte[6_000]);
    int length = writer.size();
    GzipPacked.write(writer, new byte[6_000]);
    TlReader reader = new TlReader(writer.toByteArray(), LIMITS);

    assertThat(reader.slice(length).unpack().remaining()).isEqualTo(6_000);
    assertRefused(() -> reader.slice(length).unpack(), Reason.LIMIT);
  }

  @Test
  void packed_values_within_packed_values_are_nested_objects() {
    byte[] value = new Help.GetConfig().toByteArray();
    for (int i = 0; i < 100; i++) {
      value = packed(value);
    }
    byte[] deep = value;

    assertRefused(() -> ApiSchema.readMethod(new TlReader(deep)), Reason.LIMIT);
  }

  @Test
  void a_call_is_read_packed_on_any_level() {
    Help.GetConfig call = new Help.GetConfig();
    TlWriter inner = new TlWriter();
    inner.writeInt(InvokeWithLayer.ID);
    inner.writeInt(ApiSchema.LAYER);
    inner.writeRawBytes(packed(call.toByteArray()));

    assertThat(ApiSchema.readMethod(new TlReader(packed(inner.toByteArray()))))
        .isEqualTo(new InvokeWithLayer<>(ApiSchema.LAYER, call));
  }

  @Test
  void bytes_behind_the_packed_value_are_refused() {
    byte[] value = Arrays.copyOf(new Help.GetConfig().toByteArray(), 8);

    assertRefused(() -> ApiSchema.readMethod(new TlReader(packed(value))), Reason.MALFORMED);
  }

  @Test
  void what_is_no_gzip_is_refused() {
    byte[] gzip = GzipPacked.pack(new byte[1000]).toByteArray();

    assertRefused(() -> GzipPacked.unpack(Bytes.EMPTY, LIMITS), Reason.MALFORMED);
    assertRefused(() -> GzipPacked.unpack(Bytes.of(new byte[64]), LIMITS), Reason.MALFORMED);
    for (int length = 0; length < gzip.length; length++) {
      Bytes cut = Bytes.of(gzip, 0, length);
      assertRefused(() -> GzipPacked.unpack(cut, LIMITS), Reason.MALFORMED);
    }
  }

  @Test
  void a_broken_checksum_is_refused() {
    byte[] gzip = GzipPacked.pack(new byte[1000]).toByteArray();
    gzip[gzip.length - 6] ^= 1;

    assertRefused(() -> GzipPacked.unpack(Bytes.of(gzip), LIMITS), Reason.MALFORMED);
  }

  @Test
  void zlib_is_read_too() {
    byte[] value = new TextPlain("вакансия ".repeat(500)).toByteArray();

    assertThat(GzipPacked.unpack(Bytes.of(zlib(value)), LIMITS)).isEqualTo(value);
    assertRefused(() -> GzipPacked.unpack(Bytes.of(zlib(new byte[10_001])), LIMITS), Reason.LIMIT);
  }

  @Test
  void broken_zlib_is_refused() {
    byte[] zlib = zlib(new byte[1000]);

    for (int length = 0; length < zlib.length; length++) {
      Bytes cut = Bytes.of(zlib, 0, length);
      assertRefused(() -> GzipPacked.unpack(cut, LIMITS), Reason.MALFORMED);
    }
    zlib[zlib.length - 1] ^= 1;
    assertRefused(() -> GzipPacked.unpack(Bytes.of(zlib), LIMITS), Reason.MALFORMED);
  }

  private static byte[] zlib(byte[] value) {
    ByteArrayOutputStream zlib = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(zlib)) {
      deflater.write(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zlib.toByteArray();
  }

  private static byte[] packed(byte[] value) {
    TlWriter writer = new TlWriter();
    GzipPacked.write(writer, value);
    return writer.toByteArray();
  }

  private static void assertRefused(ThrowingCallable reading, Reason reason) {
    assertThatExceptionOfType(TlException.class)
        .isThrownBy(reading)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
