package dev.jobradar.tl.codegen;

import dev.jobradar.tl.schema.Definition;
import dev.jobradar.tl.schema.Field;
import dev.jobradar.tl.schema.TypeRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes the record of one constructor or function. */
final class RecordSource {
  private final Definition definition;
  private final JavaTypes types;
  private final ClassName name;
  private final List<JavaField> fields;
  private final boolean function;
  private final String variables;
  private final String wildcards;
  private final String diamond;

  RecordSource(Definition definition, JavaTypes types) {
    this.definition = definition;
    this.types = types;
    this.name = types.recordOf(definition);
    this.fields = JavaField.of(definition, types, name.packageName());
    this.function = definition.kind() == Definition.Kind.FUNCTION;
    boolean generic = !definition.variables().isEmpty();
    this.variables = generic ? "<" + String.join(", ", definition.variables()) + ">" : "";
    this.wildcards = generic ? variables.replaceAll("\\w+", "?") : "";
    this.diamond = generic ? "<>" : "";
  }

  void writeTo(Code code) {
    String self = name.simpleName();
    code.line("/** {@code " + definition.text() + "} */");
    code.line("public record %s%s(%s) implements %s {", self, variables, components(), superType());
    code.line("/** The constructor's id. */");
    code.line("public static final int ID = 0x%08x;", definition.id());
    compactConstructor(code);
    if (!function && isOnlyConstructor()) {
      readFrom(code);
    }
    readFields(code);
    code.line("");
    code.line("@Override");
    code.line("public int constructorId() {").line("return ID;").line("}");
    writeFields(code);
    if (function) {
      readResult(code);
    }
    if (fields.stream().anyMatch(field -> field.field().condition() != null)) {
      builder(code);
    }
    code.line("}");
  }

  private String components() {
    return fields.stream()
        .map(f -> f.declared() + " " + f.name())
        .collect(Collectors.joining(", "));
  }

  private boolean isOnlyConstructor() {
    return types.schema().constructorsOf(definition.result().text()).size() == 1;
  }

  private String superType() {
    if (function) {
      return "TlMethod<" + types.reference(definition.result(), name.packageName()) + ">";
    }
    return isOnlyConstructor()
        ? "TlObject"
        : types.typeOf(definition.result().text()).from(name.packageName());
  }

  private void compactConstructor(Code code) {
    Code body = new Code();
    for (JavaField field : fields) {
      if (field.isList()) {
        body.line(
            field.isNullable()
                ? "%1$s = %1$s == null ? null : List.copyOf(%1$s);"
                : "%1$s = List.copyOf(%1$s);",
            field.name());
      } else if (!field.isPrimitive() && !field.isNullable()) {
        body.line("Objects.requireNonNull(%1$s, \"%1$s\");", field.name());
      }
    }
    sharedBits().forEach((bit, group) -> checkTogether(body, bit, group));
    String text = body.toString();
    if (!text.isEmpty()) {
      code.line("").line("public " + name.simpleName() + " {");
      text.lines().map(String::strip).forEach(code::line);
      code.line("}");
    }
  }

  /** Fields by the bit that they depend on, where there are several and one of them has a value. */
  private Map<String, List<JavaField>> sharedBits() {
    Map<String, List<JavaField>> byBit = new LinkedHashMap<>();
    for (JavaField field : fields) {
      Field.Condition condition = field.field().condition();
      if (condition != null) {
        byBit.computeIfAbsent(condition.text(), bit -> new ArrayList<>()).add(field);
      }
    }
    byBit.values().removeIf(group -> group.size() == 1);
    return byBit;
  }

  private static void checkTogether(Code code, String bit, List<JavaField> group) {
    code.line("if (%s) {", or(group, field -> field.isPresent(field.name())));
    List<JavaField> values = group.stream().filter(JavaField::isNullable).toList();
    if (!values.isEmpty()) {
      code.line("if (%s) {", or(values, field -> field.name() + " == null"));
      String names = group.stream().map(JavaField::name).collect(Collectors.joining(", "));
      code.line("throw new IllegalArgumentException(\"%s come together (%s)\");", names, bit);
      code.line("}");
    }
    group.stream().filter(JavaField::isTrue).forEach(f -> code.line("%s = true;", f.name()));
    code.line("}");
  }

  private static String or(List<JavaField> fields, Function<JavaField, String> test) {
    return fields.stream().map(test).collect(Collectors.joining(" || "));
  }

  private void readFrom(Code code) {
    String self = name.simpleName();
    code.line("").line("/** Reads the boxed form. */");
    code.line("public static %s readFrom(TlReader reader) {", self);
    code.line("int id = reader.readInt();");
    code.line("if (id != ID) {");
    code.line("throw TlException.unknownConstructor(\"%s\", id);", definition.result().text());
    code.line("}");
    code.line("reader.enter();");
    code.line("%s value = readFields(reader);", self);
    code.line("reader.leave();");
    code.line("return value;");
    code.line("}");
  }

  private void readFields(Code code) {
    code.line("").line("/** Reads the fields, which follow the id. */");
    code.line("public static %s%s readFields(TlReader reader) {", name.simpleName(), wildcards);
    for (Field field : definition.fields()) {
      readField(code, field);
    }
    String arguments = fields.stream().map(JavaField::name).collect(Collectors.joining(", "));
    code.line("return new %s%s(%s);", name.simpleName(), diamond, arguments);
    code.line("}");
  }

  private void readField(Code code, Field field) {
    if (field.isFlags()) {
      code.line("int %s = reader.readInt();", JavaNames.field(field.name()));
      return;
    }
    JavaField java = component(field);
    Field.Condition condition = field.condition();
    String read = java.isTrue() ? "" : types.read(field.type(), name.packageName());
    String type = java.type().replaceAll("TlMethod<\\w+>", "TlMethod<?>");
    if (condition == null) {
      code.line("%s %s = %s;", type, java.name(), read);
    } else {
      String bit =
          "(%s & %s) != 0".formatted(JavaNames.field(condition.word()), mask(condition.bit()));
      code.line(
          "%s %s = %s;", type, java.name(), java.isTrue() ? bit : bit + " ? " + read + " : null");
    }
  }

  private static String mask(int bit) {
    return "0x" + Integer.toHexString(1 << bit);
  }

  private void writeFields(Code code) {
    code.line("").line("@Override").line("public void writeFields(TlWriter writer) {");
    for (Field field : definition.fields()) {
      if (field.isFlags()) {
        writeFlags(code, field);
      } else if (field.type() != TypeRef.Builtin.TRUE) {
        writeField(code, component(field));
      }
    }
    code.line("}");
  }

  private void writeField(Code code, JavaField field) {
    String write = types.write(field.field().type(), "this." + field.name());
    if (field.isNullable()) {
      code.line("if (this.%s != null) {", field.name()).line(write).line("}");
    } else {
      code.line(write);
    }
  }

  private JavaField component(Field field) {
    return fields.stream().filter(f -> f.field().equals(field)).findFirst().orElseThrow();
  }

  private void readResult(Code code) {
    String from = name.packageName();
    TypeRef result = definition.result();
    String expression =
        result instanceof TypeRef.Variable
            ? "this." + resultField() + ".readResult(reader)"
            : types.read(result, from);
    code.line("").line("@Override");
    code.line("public %s readResult(TlReader reader) {", types.reference(result, from));
    code.line("return %s;", expression);
    code.line("}");
  }

  /** The field of type {@code !X} of a function that results in X. */
  private String resultField() {
    return fields.stream()
        .filter(field -> field.field().type() instanceof TypeRef.Variable)
        .findFirst()
        .orElseThrow()
        .name();
  }

  private void builder(Code code) {
    String self = name.simpleName() + variables;
    String builder = "Builder" + variables;
    String prefix = variables.isEmpty() ? "" : variables + " ";
    code.line("").line("/** A builder with nothing set. */");
    code.line("public static %s%s builder() {", prefix, builder);
    code.line("return new Builder%s();", diamond).line("}");
    code.line("").line("/** A builder with everything as it is here. */");
    code.line("public %s toBuilder() {", builder);
    code.line("%s builder = new Builder%s();", builder, diamond);
    fields.forEach(f -> code.line("builder.%1$s = this.%1$s;", f.name()));
    code.line("return builder;").line("}");
    code.line("");
    code.line("/** Builds {@link %s}. */", name.simpleName());
    code.line("public static final class %s {", builder);
    for (JavaField field : fields) {
      String type =
          field.isPrimitive()
              ? field.type()
              : types.nullable(field.field().type(), name.packageName());
      code.line("private %s %s;", type, field.name());
    }
    code.line("").line("private Builder() {}");
    for (JavaField field : fields) {
      code.line("")
          .line("public %s %s(%s %s) {", builder, field.name(), field.declared(), field.name());
      code.line("this.%1$s = %1$s;", field.name()).line("return this;").line("}");
    }
    String arguments =
        fields.stream().map(f -> "this." + f.name()).collect(Collectors.joining(", "));
    code.line("").line("public %s build() {", self);
    code.line("return new %s%s(%s);", name.simpleName(), diamond, arguments).line("}");
    code.line("}");
  }

  private void writeFlags(Code code, Field word) {
    String flags = JavaNames.field(word.name());
    code.line("int %s = 0;", flags);
    List<Integer> seen = new ArrayList<>();
    for (JavaField field : fields) {
      Field.Condition condition = field.field().condition();
      // Fields that share a bit come together, so the first of them speaks for all.
      if (condition != null
          && condition.word().equals(word.name())
          && !seen.contains(condition.bit())) {
        seen.add(condition.bit());
        code.line("if (%s) {", field.isPresent("this." + field.name()));
        code.line("%s |= %s;", flags, mask(condition.bit())).line("}");
      }
    }
    code.line("writer.writeInt(%s);", flags);
  }
}
