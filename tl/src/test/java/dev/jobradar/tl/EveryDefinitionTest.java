package dev.jobradar.tl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jobradar.tl.api.ApiSchema;
import dev.jobradar.tl.mtproto.MtprotoSchema;
import dev.jobradar.tl.schema.Definition;
import dev.jobradar.tl.schema.Schema;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each constructor and function of both schemas, with random contents from a fixed seed. */
class EveryDefinitionTest {
  private static final int ROUNDS = 12;

  static Arguments[] schemas() {
    return new Arguments[] {
      Arguments.of(
          Named.of("API", Schemas.API),
          (Function<TlReader, TlObject>) ApiSchema::readObject,
          (Function<TlReader, TlObject>) ApiSchema::readMethod),
      Arguments.of(
          Named.of("MTProto", Schemas.MTPROTO),
          (Function<TlReader, TlObject>) MtprotoSchema::readObject,
          (Function<TlReader, TlObject>) MtprotoSchema::readMethod)
    };
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void reads_and_writes_the_bytes_that_the_schema_says(
      Schema schema, Function<TlReader, TlObject> objects, Function<TlReader, TlObject> methods) {
    RandomValues values = new RandomValues(schema, new Random(20260101));
    for (Definition definition : schema.definitions()) {
      for (int i = 0; i < ROUNDS; i++) {
        byte[] bytes = values.bytesOf(definition);
        TlReader reader = new TlReader(bytes);
        TlObject value = reader(definition, objects, methods).apply(reader);

        assertThat(reader.remaining()).as(definition.name()).isZero();
        assertThat(value.toByteArray()).as(definition.name()).isEqualTo(bytes);
        assertThat(value.constructorId()).as(definition.name()).isEqualTo(definition.id());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void equal_bytes_are_equal_values_and_a_builder_gives_the_same_again(
      Schema schema, Function<TlReader, TlObject> objects, Function<TlReader, TlObject> methods)
      throws ReflectiveOperationException {
    RandomValues values = new RandomValues(schema, new Random(20260102));
    int builders = 0;
    for (Definition definition : schema.definitions()) {
      byte[] bytes = values.bytesOf(definition);
      Function<TlReader, TlObject> read = reader(definition, objects, methods);
      TlObject first = read.apply(new TlReader(bytes));
      TlObject second = read.apply(new TlReader(bytes));

      assertThat(first).isEqualTo(second).hasSameHashCodeAs(second);
      if (definition.fields().stream().anyMatch(field -> field.condition() != null)) {
        assertThat(rebuilt(first)).as(definition.name()).isEqualTo(first);
        builders++;
      }
    }
    assertThat(builders).isEqualTo(definitionsWithConditions(schema));
  }

  private static long definitionsWithConditions(Schema schema) {
    return schema.definitions().stream()
        .filter(d -> d.fields().stream().anyMatch(field -> field.condition() != null))
        .count();
  }

  private static Object rebuilt(TlObject value) throws ReflectiveOperationException {
    Object builder = value.getClass().getMethod("toBuilder").invoke(value);
    Method build = builder.getClass().getMethod("build");
    try {
      return build.invoke(builder);
    } catch (InvocationTargetException e) {
      throw new AssertionError(value.getClass().getName(), e.getCause());
    }
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void a_value_cut_off_anywhere_is_refused(
      Schema schema, Function<TlReader, TlObject> objects, Function<TlReader, TlObject> methods) {
    RandomValues values = new RandomValues(schema, new Random(20260103));
    for (Definition definition : schema.definitions()) {
      byte[] bytes = values.bytesOf(definition);
      Function<TlReader, TlObject> read = reader(definition, objects, methods);
      int step = Math.max(1, bytes.length / 60);
      for (int length = 0; length < bytes.length; length += step) {
        byte[] cut = Arrays.copyOf(bytes, length);
        assertThatExceptionOfType(TlException.class)
            .as("%s cut to %d of %d bytes", definition.name(), length, bytes.length)
            .isThrownBy(() -> read.apply(new TlReader(cut)))
            .satisfies(e -> assertThat(e.reason()).isEqualTo(TlException.Reason.TRUNCATED));
      }
    }
  }

  private static Function<TlReader, TlObject> reader(
      Definition definition,
      Function<TlReader, TlObject> objects,
      Function<TlReader, TlObject> methods) {
    return definition.kind() == Definition.Kind.FUNCTION ? methods : objects;
  }
}
