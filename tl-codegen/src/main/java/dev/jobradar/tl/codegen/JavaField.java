package dev.jobradar.tl.codegen;

import dev.jobradar.tl.schema.Definition;
import dev.jobradar.tl.schema.Field;
import dev.jobradar.tl.schema.TypeRef;
import dev.jobradar.tl.schema.TypeRef.Builtin;
import java.util.List;

/**
 * A component of a generated record.
 *
 * @param type as it is declared, without {@code @Nullable}
 * @param declared with it, where the field may be null
 */
record JavaField(Field field, String name, String type, String declared) {

  /** The components of a definition's record, in order: all fields but words of flags. */
  static List<JavaField> of(Definition definition, JavaTypes types, String from) {
    return definition.fields().stream()
        .filter(field -> !field.isFlags())
        .map(field -> of(field, types, from))
        .toList();
  }

  private static JavaField of(Field field, JavaTypes types, String from) {
    String name = JavaNames.field(field.name());
    TypeRef type = field.type();
    if (field.condition() == null || type == Builtin.TRUE) {
      String plain = types.plain(type, from);
      return new JavaField(field, name, plain, plain);
    }
    return new JavaField(field, name, types.reference(type, from), types.nullable(type, from));
  }

  boolean isTrue() {
    return field.type() == Builtin.TRUE;
  }

  /** Left out by a flag when null. */
  boolean isNullable() {
    return field.condition() != null && !isTrue();
  }

  boolean isList() {
    return field.type() instanceof TypeRef.Vector;
  }

  boolean isPrimitive() {
    return switch (type) {
      case "int", "long", "double", "boolean" -> true;
      default -> false;
    };
  }

  /** An expression that is true when the field's bit is set. */
  String isPresent(String value) {
    return isTrue() ? value : value + " != null";
  }
}
