package dev.jobradar.tl.codegen;

import dev.jobradar.tl.schema.Definition;
import java.util.List;
import java.util.function.Function;

/**
 * Writes the class that reads any constructor or function of a schema. Its switches are split by
 * the highest bits of the id, so that no method grows beyond what the JIT compiles (8,000 bytes).
 */
final class SchemaSource {
  private static final int BUCKET_BITS = 3;
  private static final int LARGE = 256;

  private final JavaTypes types;
  private final List<Definition> constructors;
  private final List<Definition> functions;

  SchemaSource(JavaTypes types) {
    this.types = types;
    this.constructors = definitions(Definition.Kind.CONSTRUCTOR);
    this.functions = definitions(Definition.Kind.FUNCTION);
  }

  private List<Definition> definitions(Definition.Kind kind) {
    return types.schema().definitions().stream().filter(d -> d.kind() == kind).toList();
  }

  void writeTo(Code code) {
    code.line("/** Every constructor and function of the schema. */");
    code.line("public final class %s {", types.schemaClass().simpleName());
    types
        .schema()
        .layer()
        .ifPresent(layer ->
            code.line("/** The layer of the schema. */")
                .line("public static final int LAYER = %d;", layer)
                .line(""));
    code.line("private %s() {}", types.schemaClass().simpleName());
    reader(code, "readObject", "TlObject", "a constructor", constructors);
    reader(code, "readMethod", "TlMethod<?>", "a function", functions);
    names(code);
    code.line("}");
  }

  private void reader(
      Code code, String method, String type, String expected, List<Definition> definitions) {
    code.line("");
    code.line("/**");
    code.line(" * Reads the boxed form of %s of the schema, also out of gzip_packed.", expected);
    code.line(" *");
    code.line(" * @throws TlException if there is none");
    code.line(" */");
    code.line("public static %s %s(TlReader reader) {", type, method);
    code.line("if (reader.peekInt() == GzipPacked.ID) {");
    code.line("TlReader inner = reader.unpack();");
    code.line("%s unpacked = %s(inner);", type, method);
    code.line("inner.expectEnd();");
    code.line("return unpacked;").line("}");
    code.line("int id = reader.readInt();");
    code.line("reader.enter();");
    code.line("%s value = %s;", type, method + "ById(reader, id)");
    code.line("reader.leave();").line("return value;").line("}");
    new IdSwitch(
            "private static " + type,
            method + "ById",
            "reader",
            d -> types.recordOf(d).from("") + ".readFields(reader)",
            "throw TlException.unknownConstructor(\"%s\", id)".formatted(expected))
        .writeTo(code, definitions);
  }

  private void names(Code code) {
    code.line("");
    code.line(
        "/** The TL name of a constructor or function; null if the schema has no such id. */");
    code.line("public static @Nullable String nameOf(int id) {");
    code.line("return nameById(id);").line("}");
    new IdSwitch(
            "private static @Nullable String", "nameById", "", d -> "\"" + d.name() + "\"", "null")
        .writeTo(code, types.schema().definitions());
  }

  /**
   * A method that switches on an id.
   *
   * @param reader name of a parameter of type TlReader that comes first; empty if none
   */
  private record IdSwitch(
      String type,
      String method,
      String reader,
      Function<Definition, String> value,
      String otherwise) {

    void writeTo(Code code, List<Definition> definitions) {
      if (definitions.size() <= LARGE) {
        method(code, method, definitions);
        return;
      }
      int shift = 32 - BUCKET_BITS;
      int last = (1 << BUCKET_BITS) - 1;
      head(code, method).line("return switch (id >>> %d) {", shift);
      for (int bucket = 0; bucket <= last; bucket++) {
        String label = bucket == last ? "default" : "case " + bucket;
        String arguments = reader.isEmpty() ? "id" : reader + ", id";
        code.line("%s -> %s%d(%s);", label, method, bucket, arguments);
      }
      code.line("};").line("}");
      for (int i = 0; i <= last; i++) {
        int bucket = i;
        method(
            code,
            method + bucket,
            definitions.stream().filter(d -> d.id() >>> shift == bucket).toList());
      }
    }

    private Code head(Code code, String name) {
      String parameters = reader.isEmpty() ? "int id" : "TlReader " + reader + ", int id";
      return code.line("").line("%s %s(%s) {", type, name, parameters);
    }

    private void method(Code code, String name, List<Definition> definitions) {
      head(code, name).line("return switch (id) {");
      for (Definition definition : definitions) {
        code.line("case 0x%08x -> %s;", definition.id(), value.apply(definition));
      }
      code.line("default -> %s;", otherwise).line("};").line("}");
    }
  }
}
