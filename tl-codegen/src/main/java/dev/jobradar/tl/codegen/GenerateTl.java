package dev.jobradar.tl.codegen;

import dev.jobradar.tl.schema.Schema;
import dev.jobradar.tl.schema.SchemaException;
import dev.jobradar.tl.schema.SchemaParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The program that the build runs: {@code GenerateTl OUTPUT_FOLDER SCHEMA_FILE=PACKAGE.CLASS…},
 * where CLASS is the class that reads any constructor of that schema and PACKAGE where its types
 * go. Files whose content stays the same are not touched.
 */
public final class GenerateTl {
  private GenerateTl() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 2) {
      System.err.println("usage: GenerateTl OUTPUT_FOLDER SCHEMA_FILE=PACKAGE.CLASS...");
      System.exit(2);
    }
    try {
      Map<String, String> sources = new TreeMap<>();
      for (int i = 1; i < arguments.length; i++) {
        sources.putAll(generate(arguments[i]));
      }
      int changes = new SourceTree(Path.of(arguments[0])).update(sources);
      System.out.printf("TL: %d source files, %d changed%n", sources.size(), changes);
    } catch (SchemaException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static Map<String, String> generate(String argument) throws IOException {
    int equals = argument.lastIndexOf('=');
    Path file = Path.of(argument.substring(0, equals));
    String target = argument.substring(equals + 1);
    int dot = target.lastIndexOf('.');
    Schema schema = SchemaParser.parse(file.getFileName().toString(), Files.readString(file));
    return SchemaGenerator.generate(schema, target.substring(0, dot), target.substring(dot + 1));
  }
}
