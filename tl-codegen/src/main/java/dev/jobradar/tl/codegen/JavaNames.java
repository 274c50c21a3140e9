package dev.jobradar.tl.codegen;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** TL names in Java form. */
final class JavaNames {
  /** Keywords, and names that a record component must not have. */
  private static final Set<String> RESERVED =
      Set.of(
          ("abstract assert boolean break byte case catch char class const continue default do"
               + " double else enum extends false final finally float for goto if implements import"
               + " instanceof int interface long native new null package private protected public"
               + " return short static strictfp super switch synchronized this throw throws"
               + " transient true try void volatile while clone finalize getClass hashCode notify"
               + " notifyAll toString wait constructorId writeFields writeTo toByteArray readResult"
               + " toBuilder reader writer")
              .split(" ", -1));

  private JavaNames() {}

  /** {@code messages} of {@code messages.getHistory}; empty without a namespace. */
  static String namespace(String tlName) {
    return tlName.substring(0, Math.max(tlName.indexOf('.'), 0));
  }

  /** {@code p_q_inner_data} is {@code PQInnerData}; a namespace is left out. */
  static String upperCamel(String tlName) {
    String local = tlName.substring(tlName.indexOf('.') + 1);
    return Stream.of(local.split("_", -1))
        .map(JavaNames::capitalized)
        .collect(Collectors.joining());
  }

  /** {@code access_hash} is {@code accessHash}, {@code default} is {@code default_}. */
  static String field(String tlName) {
    String camel = upperCamel(tlName);
    String name = Character.toLowerCase(camel.charAt(0)) + camel.substring(1);
    return RESERVED.contains(name) ? name + "_" : name;
  }

  static String capitalized(String word) {
    return word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
