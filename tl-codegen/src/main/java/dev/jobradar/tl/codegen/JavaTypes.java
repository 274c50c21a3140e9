package dev.jobradar.tl.codegen;

import dev.jobradar.tl.schema.Definition;
import dev.jobradar.tl.schema.Schema;
import dev.jobradar.tl.schema.SchemaException;
import dev.jobradar.tl.schema.TypeRef;
import dev.jobradar.tl.schema.TypeRef.Builtin;
import java.util.List;

/** The Java side of a schema's types: what a type is called, how it is read and written. */
final class JavaTypes {
  private final Schema schema;
  private final String basePackage;
  private final String schemaClass;

  /**
   * @param basePackage package of constructors without a namespace
   * @param schemaClass simple name of the class that reads any constructor or function
   */
  JavaTypes(Schema schema, String basePackage, String schemaClass) {
    this.schema = schema;
    this.basePackage = basePackage;
    this.schemaClass = schemaClass;
  }

  Schema schema() {
    return schema;
  }

  ClassName schemaClass() {
    return new ClassName(basePackage, schemaClass);
  }

  String packageOf(String tlName) {
    String namespace = JavaNames.namespace(tlName);
    return namespace.isEmpty() ? basePackage : basePackage + "." + namespace;
  }

  String methodPackage() {
    return basePackage + ".method";
  }

  /** The record of a constructor or function. */
  ClassName recordOf(Definition definition) {
    String name = JavaNames.upperCamel(definition.name());
    if (definition.kind() == Definition.Kind.CONSTRUCTOR) {
      return new ClassName(packageOf(definition.name()), name);
    }
    String holder = JavaNames.capitalized(JavaNames.namespace(definition.name()));
    return new ClassName(methodPackage(), holder, name);
  }

  /** The sealed interface of a type, or the record of its only constructor. */
  ClassName typeOf(String tlType) {
    List<Definition> constructors = schema.constructorsOf(tlType);
    return switch (constructors.size()) {
      case 0 -> throw new SchemaException("type " + tlType + " has no constructor");
      case 1 -> recordOf(constructors.getFirst());
      default -> new ClassName(packageOf(tlType), "Type" + JavaNames.upperCamel(tlType));
    };
  }

  private ClassName bare(TypeRef.Bare type) {
    Definition constructor = schema.constructor(type.name());
    if (constructor != null) {
      return recordOf(constructor);
    }
    List<Definition> constructors = schema.constructorsOf(type.name());
    if (constructors.size() != 1) {
      throw new SchemaException(
          "bare %s has %d constructors, expected 1".formatted(type.name(), constructors.size()));
    }
    return recordOf(constructors.getFirst());
  }

  /** The type of a field that is always there. */
  String plain(TypeRef type, String from) {
    return switch (type) {
      case Builtin builtin ->
          switch (builtin) {
            case INT -> "int";
            case LONG -> "long";
            case DOUBLE -> "double";
            case BOOL, TRUE -> "boolean";
            default -> reference(type, from);
          };
      default -> reference(type, from);
    };
  }

  /** The type as a reference. */
  String reference(TypeRef type, String from) {
    return switch (type) {
      case Builtin builtin ->
          switch (builtin) {
            case INT -> "Integer";
            case LONG -> "Long";
            case DOUBLE -> "Double";
            case BOOL, TRUE -> "Boolean";
            case STRING -> "String";
            case BYTES -> "Bytes";
            case INT128 -> "Int128";
            case INT256 -> "Int256";
            case OBJECT -> "TlObject";
            case FLAGS -> throw new SchemaException("'#' is no type of a Java field");
          };
      case TypeRef.Boxed boxed -> typeOf(boxed.typeName()).from(from);
      case TypeRef.Bare bare -> bare(bare).from(from);
      case TypeRef.Vector vector -> "List<" + reference(vector.element(), from) + ">";
      case TypeRef.Variable variable ->
          variable.function() ? "TlMethod<" + variable.name() + ">" : variable.name();
    };
  }

  /** The type of a field that may be null. */
  String nullable(TypeRef type, String from) {
    return switch (type) {
      case TypeRef.Boxed boxed -> typeOf(boxed.typeName()).nullableFrom(from);
      case TypeRef.Bare bare -> bare(bare).nullableFrom(from);
      default -> "@Nullable " + reference(type, from);
    };
  }

  /** An expression that reads a value from a variable {@code reader}. */
  String read(TypeRef type, String from) {
    return read(type, from, "reader");
  }

  private String read(TypeRef type, String from, String reader) {
    return switch (type) {
      case Builtin.OBJECT -> "%s.readObject(%s)".formatted(schemaClass().from(from), reader);
      case Builtin builtin -> "%s.%s()".formatted(reader, readMethod(builtin));
      case TypeRef.Boxed boxed ->
          "%s.readFrom(%s)".formatted(typeOf(boxed.typeName()).from(from), reader);
      case TypeRef.Bare bare -> "%s.readFields(%s)".formatted(bare(bare).from(from), reader);
      case TypeRef.Vector vector ->
          "%s.%s(%d, %s)"
              .formatted(
                  reader,
                  vector.boxed() ? "readVector" : "readBareVector",
                  minSize(vector.element()),
                  reader(vector.element(), from));
      case TypeRef.Variable variable ->
          "%s.readMethod(%s)".formatted(schemaClass().from(from), reader);
    };
  }

  /** A function from a reader to a value. */
  private String reader(TypeRef type, String from) {
    return switch (type) {
      case Builtin.OBJECT -> schemaClass().from(from) + "::readObject";
      case Builtin builtin -> "TlReader::" + readMethod(builtin);
      case TypeRef.Boxed boxed -> typeOf(boxed.typeName()).from(from) + "::readFrom";
      case TypeRef.Bare bare -> bare(bare).from(from) + "::readFields";
      case TypeRef.Vector vector -> "inner -> " + read(vector, from, "inner");
      case TypeRef.Variable variable -> throw new SchemaException("a vector of " + variable.text());
    };
  }

  private static String readMethod(Builtin builtin) {
    return "read" + suffix(builtin);
  }

  /** A statement that writes a value to {@code writer}. */
  String write(TypeRef type, String value) {
    return switch (type) {
      case Builtin.OBJECT -> value + ".writeTo(writer);";
      case Builtin builtin -> "writer.write%s(%s);".formatted(suffix(builtin), value);
      case TypeRef.Boxed boxed -> value + ".writeTo(writer);";
      case TypeRef.Bare bare -> value + ".writeFields(writer);";
      case TypeRef.Vector vector ->
          "writer.%s(%s, %s);"
              .formatted(
                  vector.boxed() ? "writeVector" : "writeBareVector",
                  value,
                  writer(vector.element()));
      case TypeRef.Variable variable -> value + ".writeTo(writer);";
    };
  }

  /** A function that writes a value to a writer. */
  private static String writer(TypeRef type) {
    return switch (type) {
      case Builtin.OBJECT -> "TlWriter::writeObject";
      case Builtin builtin -> "TlWriter::write" + suffix(builtin);
      case TypeRef.Boxed boxed -> "TlWriter::writeObject";
      case TypeRef.Bare bare -> "(out, value) -> value.writeFields(out)";
      case TypeRef.Vector vector ->
          "(out, value) -> out.%s(value, %s)"
              .formatted(
                  vector.boxed() ? "writeVector" : "writeBareVector", writer(vector.element()));
      case TypeRef.Variable variable -> throw new SchemaException("a vector of " + variable.text());
    };
  }

  private static String suffix(Builtin builtin) {
    return switch (builtin) {
      case INT, FLAGS -> "Int";
      case LONG -> "Long";
      case DOUBLE -> "Double";
      case STRING -> "String";
      case BYTES -> "Bytes";
      case INT128 -> "Int128";
      case INT256 -> "Int256";
      case BOOL -> "Bool";
      case TRUE, OBJECT -> throw new SchemaException("no reader method for " + builtin.text());
    };
  }

  /** Bytes that a value takes at least. */
  private int minSize(TypeRef type) {
    return switch (type) {
      case Builtin builtin ->
          switch (builtin) {
            case INT, STRING, BYTES, BOOL, OBJECT, FLAGS -> 4;
            case LONG, DOUBLE -> 8;
            case INT128 -> 16;
            case INT256 -> 32;
            case TRUE -> throw new SchemaException("a vector of 'true'");
          };
      case TypeRef.Boxed boxed -> 4;
      case TypeRef.Bare bare -> minSizeOfFields(bare);
      case TypeRef.Vector vector -> vector.boxed() ? 8 : 4;
      case TypeRef.Variable variable -> 4;
    };
  }

  private int minSizeOfFields(TypeRef.Bare type) {
    Definition constructor = schema.constructor(type.name());
    if (constructor == null) {
      constructor = schema.constructorsOf(type.name()).getFirst();
    }
    int size = 0;
    for (var field : constructor.fields()) {
      size += field.condition() == null ? minSize(field.type()) : 0;
    }
    if (size == 0) {
      throw new SchemaException("a vector of " + type.text() + ", which may take no bytes");
    }
    return size;
  }
}
