package dev.jobradar.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The order of the service's packages, and who writes which table: docs/architecture.md. */
class ServiceLayersTest {
  private static final String ROOT = "dev.jobradar.server";
  private static final Path SOURCES =
      Repository.root().resolve("server/src/main/java/dev/jobradar/server");
  private static final Path MIGRATIONS =
      Repository.root().resolve("server/src/main/resources/db/migration");

  /** Runs while the service does not, on a database that it has locked. */
  private static final Path KEY_ROTATION = SOURCES.resolve("storage/KeyRotation.java");

  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*");
  private static final Pattern WRITE =
      Pattern.compile("(?i)\\b(?:insert\\s+into|update|delete\\s+from)\\s+(\\w+)");
  private static final Pattern TABLE = Pattern.compile("(?i)create table (\\w+)");
  private static final Pattern RENAMED = Pattern.compile("(?i)alter table (\\w+) rename to (\\w+)");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  private final ServicePackages order = ServicePackages.read();

  @Test
  void the_table_has_each_package_once() {
    Set<String> packages = new TreeSet<>();
    CLASSES.stream()
        .filter(type -> !type.getPackageName().equals(ROOT))
        .forEach(type -> packages.add(nameOf(type)));
    assertThat(order.names()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(packages);
  }

  @Test
  void a_package_uses_only_packages_above_it_in_the_table() {
    ArchRuleDefinition.classes()
        .that()
        .resideInAPackage(ROOT + ".*..")
        .should(useOnlyWhatIsLower())
        .check(CLASSES);
  }

  private ArchCondition<JavaClass> useOnlyWhatIsLower() {
    return new ArchCondition<>("use only packages above theirs in the table") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getDirectDependenciesFromSelf().stream()
            .filter(each -> each.getTargetClass().getPackageName().startsWith(ROOT))
            .filter(each -> !isAllowed(type, each.getTargetClass()))
            .forEach(
                each -> events.add(SimpleConditionEvent.violated(type, each.getDescription())));
      }
    };
  }

  private boolean isAllowed(JavaClass type, JavaClass target) {
    return order.indexOf(nameOf(target)) <= order.indexOf(nameOf(type))
        && order.indexOf(nameOf(target)) >= 0;
  }

  private static String nameOf(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
  }

  @Test
  void each_table_of_the_database_has_one_owner() {
    Set<String> tables = tables();
    assertThat(tables).isNotEmpty();
    assertThat(order.packages().stream().flatMap(each -> each.tables().stream()))
        .containsExactlyInAnyOrderElementsOf(tables);
  }

  @Test
  void a_table_is_written_only_by_the_package_that_owns_it() {
    Set<String> tables = tables();
    List<String> wrong = new ArrayList<>();
    int writes = 0;
    for (Path file : javaFiles()) {
      String code = COMMENT.matcher(read(file)).replaceAll(" ");
      String writer = packageOf(file);
      for (String table : WRITE.matcher(code).results().map(each -> each.group(1)).toList()) {
        if (tables.contains(table)) {
          writes++;
          if (!order.ownersOf(table).contains(writer) && !file.equals(KEY_ROTATION)) {
            wrong.add(SOURCES.relativize(file) + " writes " + table);
          }
        }
      }
    }
    assertThat(writes).as("statements that write").isGreaterThan(20);
    assertThat(wrong).as("writes of a table that another package owns").isEmpty();
  }

  private static Set<String> tables() {
    Set<String> tables = new TreeSet<>();
    try (Stream<Path> files = Files.walk(MIGRATIONS)) {
      files
          .filter(file -> file.toString().endsWith(".sql"))
          .sorted()
          .forEach(file -> {
            String sql = read(file);
            TABLE.matcher(sql).results().forEach(each -> tables.add(each.group(1)));
            RENAMED
                .matcher(sql)
                .results()
                .forEach(each -> {
                  tables.remove(each.group(1));
                  tables.add(each.group(2));
                });
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tables;
  }

  /** Without {@code dev.jobradar.server.}; empty for what is in that itself. */
  private static String packageOf(Path file) {
    String path = SOURCES.relativize(file).toString().replace(File.separatorChar, '.');
    String type = "." + file.getFileName();
    return path.endsWith(type) ? path.substring(0, path.length() - type.length()) : "";
  }

  private static List<Path> javaFiles() {
    return Repository.javaFiles().stream()
        .filter(file -> file.startsWith(SOURCES) && !packageOf(file).isEmpty())
        .toList();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
