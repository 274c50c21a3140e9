package dev.jobradar.tl.codegen;

/**
 * A generated class.
 *
 * @param outer simple name of the class that it is nested in; empty if none
 */
record ClassName(String packageName, String outer, String simpleName) {
  ClassName(String packageName, String simpleName) {
    this(packageName, "", simpleName);
  }

  /** As code in a package writes it. */
  String from(String otherPackage) {
    return otherPackage.equals(packageName) ? nestedName() : packageName + "." + nestedName();
  }

  /** As code in a package writes it when it may be null. Not for nested classes. */
  String nullableFrom(String otherPackage) {
    return otherPackage.equals(packageName)
        ? "@Nullable " + simpleName
        : packageName + ".@Nullable " + simpleName;
  }

  private String nestedName() {
    return outer.isEmpty() ? simpleName : outer + "." + simpleName;
  }
}
