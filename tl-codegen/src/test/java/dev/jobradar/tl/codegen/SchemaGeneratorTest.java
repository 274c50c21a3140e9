package dev.jobradar.tl.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jobradar.tl.schema.SchemaException;
import dev.jobradar.tl.schema.SchemaParser;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is generated; that it compiles and works is shown where it is used, in the module tl. */
class SchemaGeneratorTest {

  @Test
  void every_definition_has_its_place_by_the_rules() {
    Map<String, String> sources =
        generate(
            """
            one#1 = One;
            messages.slice#2 count:int = messages.Messages;
            messages.all#3 = messages.Messages;
            ---functions---
            ping#4 = One;
            messages.getHistory#5 = messages.Messages;
            """);

    assertThat(sources.keySet())
        .containsExactlyInAnyOrder(
            "p/One.java",
            "p/messages/Slice.java",
            "p/messages/All.java",
            "p/messages/TypeMessages.java",
            "p/method/Ping.java",
            "p/method/Messages.java",
            "p/AllOfIt.java",
            "p/package-info.java",
            "p/messages/package-info.java",
            "p/method/package-info.java");
    assertThat(sources.get("p/messages/TypeMessages.java"))
        .contains("sealed interface TypeMessages extends TlObject permits Slice, All");
    assertThat(sources.get("p/method/Messages.java"))
        .contains("record GetHistory() implements TlMethod<p.messages.TypeMessages>");
    assertThat(sources.get("p/method/Ping.java"))
        .contains("record Ping() implements TlMethod<p.One>");
  }

  @Test
  void a_field_that_all_constructors_have_is_on_the_interface() {
    String source = generate("a#1 id:int x:long = T;\nb#2 id:int x:int = T;").get("p/TypeT.java");

    assertThat(source).contains("int id();").doesNotContain("x()");
  }

  @Test
  void a_type_without_constructors_is_refused() {
    assertThatExceptionOfType(SchemaException.class)
        .isThrownBy(() -> generate("a#1 x:Missing = A;"))
        .withMessageContaining("Missing");
  }

  @Test
  void two_definitions_that_get_one_name_in_java_are_refused() {
    assertThatExceptionOfType(SchemaException.class)
        .isThrownBy(() -> generate("some_thing#1 = A;\nsomeThing#2 = B;"))
        .withMessageContaining("SomeThing");
  }

  private static Map<String, String> generate(String text) {
    return SchemaGenerator.generate(SchemaParser.parse("test.tl", text), "p", "AllOfIt");
  }
}
