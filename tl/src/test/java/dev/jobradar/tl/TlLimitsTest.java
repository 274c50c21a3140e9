package dev.jobradar.tl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.jobradar.tl.TlException.Reason;
import dev.jobradar.tl.api.ApiSchema;
import dev.jobradar.tl.api.PageBlockCover;
import dev.jobradar.tl.api.TextBold;
import dev.jobradar.tl.api.TextConcat;
import dev.jobradar.tl.api.TextEmpty;
import dev.jobradar.tl.api.TypePageBlock;
import dev.jobradar.tl.api.TypeRichText;
import dev.jobradar.tl.api.method.InvokeWithLayer;
import dev.jobradar.tl.api.method.InvokeWithoutUpdates;
import dev.jobradar.tl.mtproto.method.GetFutureSalts;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlLimitsTest {
  private static final int VECTOR = 0x1cb5c415;
  private static final int DEEP = 500_000;

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE})
  void a_negative_count_is_refused(int count) {
    byte[] bytes = written(w -> w.writeInt(count));

    assertRefused(() -> new TlReader(bytes).readBareVector(4, TlReader::readInt), Reason.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 200_000})
  void a_count_that_the_bytes_cannot_hold_is_refused(int count) {
    byte[] bytes = written(w -> w.writeInt(count), w -> w.writeLong(1), w -> w.writeInt(2));

    assertRefused(() -> new TlReader(bytes).readBareVector(4, TlReader::readInt), Reason.TRUNCATED);
  }

  @Test
  void the_least_size_of_an_element_counts() {
    byte[] bytes = written(w -> w.writeInt(2), w -> w.writeLong(1), w -> w.writeInt(2));

    assertRefused(
        () -> new TlReader(bytes).readBareVector(8, TlReader::readLong), Reason.TRUNCATED);
  }

  @Test
  void a_count_over_the_limit_is_refused() {
    byte[] bytes = written(w -> w.writeVector(List.of(1, 2, 3), TlWriter::writeInt));
    TlLimits two = new TlLimits(2, 10, 10, 10);
    TlLimits three = new TlLimits(3, 10, 10, 10);

    assertRefused(() -> new TlReader(bytes, two).readVector(TlReader::readInt), Reason.LIMIT);
    assertThat(new TlReader(bytes, three).readVector(TlReader::readInt)).containsExactly(1, 2, 3);
  }

  @Test
  void a_vector_without_its_id_is_no_boxed_vector() {
    byte[] bytes = written(w -> w.writeBareVector(List.of(1), TlWriter::writeInt));

    assertRefused(
        () -> new TlReader(bytes).readVector(TlReader::readInt), Reason.UNKNOWN_CONSTRUCTOR);
  }

  @Test
  void a_bool_is_one_of_two_ids() {
    byte[] bytes = written(w -> w.writeInt(1));

    assertRefused(() -> new TlReader(bytes).readBool(), Reason.UNKNOWN_CONSTRUCTOR);
  }

  @Test
  void objects_nest_as_deep_as_the_limit_and_no_deeper() {
    TypeRichText text = new TextEmpty();
    for (int i = 1; i < TlLimits.DEFAULT.maxDepth(); i++) {
      text = new TextBold(text);
    }
    byte[] deepest = text.toByteArray();
    byte[] deeper = new TextBold(text).toByteArray();

    assertThat(TypeRichText.readFrom(new TlReader(deepest))).isEqualTo(text);
    assertRefused(() -> TypeRichText.readFrom(new TlReader(deeper)), Reason.LIMIT);
  }

  @Test
  void endless_nesting_of_text_is_refused() {
    byte[] bytes =
        written(w -> {
          for (int i = 0; i < DEEP; i++) {
            w.writeInt(TextConcat.ID);
            w.writeInt(VECTOR);
            w.writeInt(1);
          }
        });

    assertRefused(() -> TypeRichText.readFrom(new TlReader(bytes)), Reason.LIMIT);
    assertRefused(() -> ApiSchema.readObject(new TlReader(bytes)), Reason.LIMIT);
  }

  @Test
  void endless_nesting_of_page_blocks_is_refused() {
    byte[] bytes = repeated(w -> w.writeInt(PageBlockCover.ID));

    assertRefused(() -> TypePageBlock.readFrom(new TlReader(bytes)), Reason.LIMIT);
  }

  @Test
  void endless_nesting_of_calls_is_refused() {
    byte[] layers = repeated(w -> w.writeInt(InvokeWithLayer.ID), w -> w.writeInt(200));
    byte[] wrappers = repeated(w -> w.writeInt(InvokeWithoutUpdates.ID));

    assertRefused(() -> ApiSchema.readMethod(new TlReader(layers)), Reason.LIMIT);
    assertRefused(() -> ApiSchema.readMethod(new TlReader(wrappers)), Reason.LIMIT);
  }

  @Test
  void what_an_object_leaves_it_does_not_take_from_the_next() {
    byte[] bytes =
        written(w -> w.writeVector(List.of(bold(), bold(), bold()), TlWriter::writeObject));
    TlLimits two = new TlLimits(10, 2, 10, 10);

    assertThat(new TlReader(bytes, two).readVector(TypeRichText::readFrom)).hasSize(3);
  }

  private static TextBold bold() {
    return new TextBold(new TextEmpty());
  }

  @Test
  void a_slice_ends_where_it_was_cut() {
    byte[] bytes = written(w -> w.writeInt(1), w -> w.writeInt(2), w -> w.writeInt(3));
    TlReader whole = new TlReader(bytes);
    TlReader slice = whole.slice(8);

    assertThat(slice.readLong()).isEqualTo(0x0000000200000001L);
    assertRefused(slice::readInt, Reason.TRUNCATED);
    assertThat(whole.readInt()).isEqualTo(3);
  }

  @Test
  void bytes_that_are_left_over_are_refused_on_demand() {
    TlReader reader = new TlReader(new GetFutureSalts(1).toByteArray());
    assertThat(reader.readInt()).isEqualTo(GetFutureSalts.ID);

    assertRefused(reader::expectEnd, Reason.MALFORMED);
  }

  @Test
  void limits_are_not_negative() {
    assertThatIllegalArgumentException().isThrownBy(() -> new TlLimits(-1, 1, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new TlLimits(1, 0, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new TlLimits(1, 1, -1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new TlLimits(1, 1, 1, -1));
  }

  private static void assertRefused(ThrowingCallable reading, Reason reason) {
    assertThatExceptionOfType(TlException.class)
        .isThrownBy(reading)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @SafeVarargs
  private static byte[] written(Consumer<TlWriter>... steps) {
    TlWriter writer = new TlWriter();
    for (Consumer<TlWriter> step : steps) {
      step.accept(writer);
    }
    return writer.toByteArray();
  }

  @SafeVarargs
  private static byte[] repeated(Consumer<TlWriter>... steps) {
    TlWriter writer = new TlWriter();
    for (int i = 0; i < DEEP; i++) {
      writer.writeRawBytes(written(steps));
    }
    return writer.toByteArray();
  }
}
