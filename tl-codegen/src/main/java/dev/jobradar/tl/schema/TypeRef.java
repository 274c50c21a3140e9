package dev.jobradar.tl.schema;

/** A type as it is written at a field or as a result. */
public sealed interface TypeRef {

  /** As TL writes it. */
  String text();

  /** Types that every schema knows without defining them. */
  enum Builtin implements TypeRef {
    INT("int"),
    LONG("long"),
    DOUBLE("double"),
    STRING("string"),
    BYTES("bytes"),
    INT128("int128"),
    INT256("int256"),
    BOOL("Bool"),
    /** A flag that is its own value: takes no bytes. */
    TRUE("true"),
    /** A word of flags that later fields depend on. */
    FLAGS("#"),
    /** Any boxed value. */
    OBJECT("Object");

    private final String text;

    Builtin(String text) {
      this.text = text;
    }

    @Override
    public String text() {
      return text;
    }
  }

  /** A boxed value of a type: the constructor's id, then its fields. */
  record Boxed(String typeName) implements TypeRef {
    @Override
    public String text() {
      return typeName;
    }
  }

  /**
   * A value of one constructor without its id.
   *
   * @param name the constructor's name, or a type's name after {@code %}
   */
  record Bare(String name) implements TypeRef {
    @Override
    public String text() {
      boolean typeName = Character.isUpperCase(name.charAt(name.indexOf('.') + 1));
      return typeName ? "%" + name : name;
    }
  }

  /**
   * A vector.
   *
   * @param boxed {@code Vector<T>}, with the id of {@code vector} before the count; else {@code
   *     vector<T>}
   */
  record Vector(TypeRef element, boolean boxed) implements TypeRef {
    @Override
    public String text() {
      return (boxed ? "Vector<" : "vector<") + element.text() + ">";
    }
  }

  /**
   * A type variable.
   *
   * @param function {@code !X}: a function whose result is {@code X}
   */
  record Variable(String name, boolean function) implements TypeRef {
    @Override
    public String text() {
      return function ? "!" + name : name;
    }
  }
}
