package dev.jobradar.tl.codegen;

import dev.jobradar.tl.schema.Definition;
import dev.jobradar.tl.schema.Schema;
import dev.jobradar.tl.schema.SchemaException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Makes the Java sources of a schema. */
final class SchemaGenerator {
  private static final List<String> IMPORTABLE =
      List.of(
          "dev.jobradar.tl.Bytes",
          "dev.jobradar.tl.GzipPacked",
          "dev.jobradar.tl.Int128",
          "dev.jobradar.tl.Int256",
          "dev.jobradar.tl.TlException",
          "dev.jobradar.tl.TlMethod",
          "dev.jobradar.tl.TlObject",
          "dev.jobradar.tl.TlReader",
          "dev.jobradar.tl.TlWriter",
          "java.util.List",
          "java.util.Objects",
          "org.jspecify.annotations.Nullable");

  private final JavaTypes types;
  private final Map<String, String> sources = new TreeMap<>();

  private SchemaGenerator(JavaTypes types) {
    this.types = types;
  }

  /**
   * The sources by their path below the source folder.
   *
   * @param basePackage package of constructors without a namespace
   * @param schemaClass simple name of the class that reads any constructor or function
   */
  static Map<String, String> generate(Schema schema, String basePackage, String schemaClass) {
    return new SchemaGenerator(new JavaTypes(schema, basePackage, schemaClass)).generate();
  }

  private Map<String, String> generate() {
    Schema schema = types.schema();
    Map<String, List<Definition>> holders = new LinkedHashMap<>();
    for (Definition definition : schema.definitions()) {
      ClassName name = types.recordOf(definition);
      if (name.outer().isEmpty()) {
        Code code = new Code();
        new RecordSource(definition, types).writeTo(code);
        add(name.packageName(), name.simpleName(), code);
      } else {
        holders.computeIfAbsent(name.outer(), holder -> new ArrayList<>()).add(definition);
      }
    }
    holders.forEach(this::holder);
    for (String type : schema.types()) {
      if (schema.constructorsOf(type).size() > 1) {
        Code code = new Code();
        new TypeSource(type, types).writeTo(code);
        add(types.typeOf(type).packageName(), types.typeOf(type).simpleName(), code);
      }
    }
    Code code = new Code();
    new SchemaSource(types).writeTo(code);
    add(types.schemaClass().packageName(), types.schemaClass().simpleName(), code);
    packageInfos();
    return sources;
  }

  private void holder(String name, List<Definition> functions) {
    Code code = new Code();
    String namespace = JavaNames.namespace(functions.getFirst().name());
    code.line("/** The functions {@code %s.*}. */", namespace);
    code.line("public final class %s {", name).line("private %s() {}", name);
    for (Definition function : functions) {
      code.line("");
      new RecordSource(function, types).writeTo(code);
    }
    code.line("}");
    add(types.methodPackage(), name, code);
  }

  private void packageInfos() {
    sources.keySet().stream()
        .map(path -> path.substring(0, path.lastIndexOf('/')))
        .distinct()
        .toList()
        .forEach(path -> {
          String name = path.replace('/', '.');
          sources.put(
              path + "/package-info.java",
              """
              /** Generated from a TL schema by the rules in {@link dev.jobradar.tl}. */
              @NullMarked
              package %s;

              import org.jspecify.annotations.NullMarked;
              """
                  .formatted(name));
        });
  }

  private void add(String packageName, String simpleName, Code code) {
    String body = code.toString();
    StringBuilder text = new StringBuilder("package ").append(packageName).append(";\n\n");
    for (String imported : IMPORTABLE) {
      String word = imported.substring(imported.lastIndexOf('.') + 1);
      if (Pattern.compile("\\b" + word + "\\b").matcher(body).find()) {
        text.append("import ").append(imported).append(";\n");
      }
    }
    text.append('\n').append(body);
    String path = packageName.replace('.', '/') + "/" + simpleName + ".java";
    if (sources.put(path, text.toString()) != null) {
      throw new SchemaException("two definitions are called " + path);
    }
  }
}
