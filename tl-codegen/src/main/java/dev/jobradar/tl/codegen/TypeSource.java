package dev.jobradar.tl.codegen;

import dev.jobradar.tl.schema.Definition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the sealed interface of a type with several constructors. */
final class TypeSource {
  private final String tlType;
  private final JavaTypes types;
  private final List<Definition> constructors;
  private final ClassName name;

  TypeSource(String tlType, JavaTypes types) {
    this.tlType = tlType;
    this.types = types;
    this.constructors = types.schema().constructorsOf(tlType);
    this.name = types.typeOf(tlType);
  }

  void writeTo(Code code) {
    code.line("/** The type {@code %s}. */", tlType);
    String permitted = constructors.stream().map(this::record).collect(Collectors.joining(", "));
    code.line(
        "public sealed interface %s extends TlObject permits %s {", name.simpleName(), permitted);
    for (JavaField field : commonFields()) {
      code.line("/** {@code %s}, which every constructor has. */", field.field().name());
      code.line("%s %s();", field.declared(), field.name()).line("");
    }
    code.line("/** Reads the boxed form. */");
    code.line("static %s readFrom(TlReader reader) {", name.simpleName());
    code.line("int id = reader.readInt();");
    code.line("reader.enter();");
    code.line("%s value = switch (id) {", name.simpleName());
    for (Definition constructor : constructors) {
      code.line("case %1$s.ID -> %1$s.readFields(reader);", record(constructor));
    }
    code.line("default -> throw TlException.unknownConstructor(\"%s\", id);", tlType);
    code.line("};");
    code.line("reader.leave();");
    code.line("return value;");
    code.line("}").line("}");
  }

  private String record(Definition constructor) {
    return types.recordOf(constructor).from(name.packageName());
  }

  /** Components that every constructor has under one name and with one type. */
  private List<JavaField> commonFields() {
    Map<String, JavaField> common = new LinkedHashMap<>();
    for (JavaField field : fields(constructors.getFirst())) {
      common.put(field.name() + " " + field.declared(), field);
    }
    for (Definition constructor : constructors) {
      common
          .keySet()
          .retainAll(fields(constructor).stream().map(f -> f.name() + " " + f.declared()).toList());
    }
    return List.copyOf(common.values());
  }

  private List<JavaField> fields(Definition constructor) {
    return JavaField.of(constructor, types, name.packageName());
  }
}
