package dev.jobradar.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packages of the service, lowest first, as the table in docs/architecture.md lists them.
 *
 * @param packages each once, in the order of the table
 */
record ServicePackages(List<Entry> packages) {
  private static final String HEADING = "## The service's packages";
  private static final Pattern ROW =
      Pattern.compile("\\| `(?<name>[a-z.]+)` \\| (?<tables>[^|]*) \\|.*");
  private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");

  /**
   * A package.
   *
   * @param name without {@code dev.jobradar.server.}
   * @param tables of the database that only it writes
   */
  record Entry(String name, List<String> tables) {}

  /** Reads the table. */
  static ServicePackages read() {
    List<Entry> packages = new ArrayList<>();
    boolean within = false;
    for (String line : lines()) {
      if (line.startsWith("#")) {
        within = line.equals(HEADING);
      }
      Matcher row = ROW.matcher(line);
      if (within && row.matches()) {
        List<String> tables =
            NAME.matcher(row.group("tables")).results().map(each -> each.group(1)).toList();
        packages.add(new Entry(row.group("name"), tables));
      }
    }
    return new ServicePackages(packages);
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(Repository.root().resolve("docs/architecture.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> names() {
    return packages.stream().map(Entry::name).toList();
  }

  /** Where a package stands in the order; -1 when the table does not have it. */
  int indexOf(String name) {
    return names().indexOf(name);
  }

  /** Who writes a table of the database; all that say so. */
  List<String> ownersOf(String table) {
    return packages.stream()
        .filter(each -> each.tables().contains(table))
        .map(Entry::name)
        .toList();
  }
}
