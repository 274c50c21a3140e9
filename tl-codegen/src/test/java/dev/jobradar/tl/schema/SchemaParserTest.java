package dev.jobradar.tl.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.jobradar.tl.schema.TypeRef.Builtin;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaParserTest {

  @Test
  void a_definition_has_name_id_fields_and_result() {
    Definition definition =
        only("inputPeerUser#dde8a54c user_id:long access_hash:long = InputPeer;");

    assertThat(definition)
        .isEqualTo(
            new Definition(
                Definition.Kind.CONSTRUCTOR,
                "inputPeerUser",
                0xdde8a54c,
                List.of(),
                List.of(
                    new Field("user_id", Builtin.LONG, null),
                    new Field("access_hash", Builtin.LONG, null)),
                new TypeRef.Boxed("InputPeer"),
                1));
  }

  @Test
  void what_follows_the_functions_line_are_functions_until_types_follow() {
    Schema schema =
        parse(
            """
            a#1 = A;
            ---functions---
            help.a#2 = A;
            ---types---
            b#3 = B;
            """);

    assertThat(schema.constructor("a")).isNotNull();
    assertThat(schema.function("help.a")).isNotNull();
    assertThat(schema.constructor("help.a")).isNull();
    assertThat(schema.constructor("b")).isNotNull();
    assertThat(schema.types()).containsExactly("A", "B");
  }

  @Test
  void flags_and_conditions_are_read_for_several_words() {
    Definition definition =
        only("a#1 flags:# flags2:# x:flags.31?true y:flags2.0?Vector<int> = A;");

    assertThat(definition.fields().get(0).isFlags()).isTrue();
    assertThat(definition.fields().get(2))
        .isEqualTo(new Field("x", Builtin.TRUE, new Field.Condition("flags", 31)));
    assertThat(definition.fields().get(3))
        .isEqualTo(
            new Field(
                "y", new TypeRef.Vector(Builtin.INT, true), new Field.Condition("flags2", 0)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a#00000001 x:Vector<vector<long>> = A",
        "a#00000001 x:vector<future_salt> y:%Message z:vector<%messages.Chat> = A",
        "a#00000001 {X:Type} x:int query:!X = X",
        "a#00000001 x:int128 y:int256 z:double b:Bool o:Object d:bytes s:string = A",
        "messages.a#00000001 flags:# x:flags.5?true y:flags.0?messages.Filter = messages.A",
        "a#00000001 = Vector<int>"
      })
  void the_text_of_a_definition_is_what_was_parsed(String text) {
    assertThat(only(text + ";").text()).isEqualTo(text);
  }

  @Test
  void a_lower_case_name_and_a_percent_sign_are_bare_types() {
    Definition definition =
        only("a#1 x:future_salt y:%Message z:messages.Chat w:messages.chat = A;");

    assertThat(definition.fields())
        .extracting(Field::type)
        .containsExactly(
            new TypeRef.Bare("future_salt"),
            new TypeRef.Bare("Message"),
            new TypeRef.Boxed("messages.Chat"),
            new TypeRef.Bare("messages.chat"));
  }

  @Test
  void an_id_that_is_left_out_is_computed() {
    assertThat(only("inputPeerSelf = InputPeer;").id()).isEqualTo(0x7da07ec9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "inputPeerEmpty = InputPeer                                           | 7f3b18ea",
        "invokeWithLayer {X:Type} layer:int query:!X = X                      | da9b0d0d",
        "msgs_ack msg_ids:Vector<long> = MsgsAck                              | 62d6b459",
        "inputPeerNotifySettings flags:# show_previews:flags.0?Bool silent:flags.1?Bool"
            + " mute_until:flags.2?int sound:flags.3?NotificationSound stories_muted:flags.6?Bool"
            + " stories_hide_sender:flags.7?Bool stories_sound:flags.8?NotificationSound ="
            + " InputPeerNotifySettings | cacb6ae2",
        "upload.file type:storage.FileType mtime:int bytes:bytes = upload.File | 096a18d5",
        "users.getUsers id:Vector<InputUser> = Vector<User>                   | 0d91a548",
        "auth.importAuthorization id:long bytes:bytes = auth.Authorization    | a57a7dad",
        "dataJSON data:string = DataJSON                                      | 7d748d04"
      })
  void an_id_is_the_crc32_of_the_definition(String text, String id) {
    assertThat(only(text + ";").computedId()).isEqualTo(Integer.parseUnsignedInt(id, 16));
  }

  @Test
  void a_field_of_type_true_does_not_count_for_the_id() {
    Definition with = only("x#1 flags:# a:flags.0?true b:flags.1?int = X;");
    Definition without = only("x#1 flags:# b:flags.1?int = X;");

    assertThat(with.computedId()).isEqualTo(without.computedId());
  }

  @Test
  void the_layer_stands_in_a_comment() {
    assertThat(parse("// LAYER 228\na#1 = A;").layer()).hasValue(228);
    assertThat(parse("a#1 = A; // a remark").layer()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "a#1 x:int = A            | no ';'",
        "a#1 x:int;               | one '='",
        "a#1 = A = B;             | one '='",
        "A#1 = A;                 | 'A#1' is no name",
        "a#123456789 = A;         | is no name",
        "a#1 x = A;               | 'x' is no field",
        "a#1 x:int x:long = A;    | a second field 'x'",
        "a#1 x:flags.0?int = A;   | 'flags', which is no earlier '#'",
        "a#1 x:flags.0?int flags:# = A; | no earlier '#'",
        "a#1 flags:# x:flags.32?int = A; | bit 32",
        "a#1 x:true = A;          | 'true' without a flag",
        "a#1 flags:# f:flags.0?# = A; | '#' that depends",
        "a#1 x:Vector<> = A;      | is no type",
        "a#1 x:!Y = A;            | '!Y' is no type"
      })
  void a_mistake_is_told_with_its_line(String line, String problem) {
    assertThatExceptionOfType(SchemaException.class)
        .isThrownBy(() -> parse("// first line\n\n" + line))
        .withMessageStartingWith("test.tl:3: ")
        .withMessageContaining(problem);
  }

  @Test
  void two_definitions_with_one_id_or_one_name_are_refused() {
    assertThatExceptionOfType(SchemaException.class)
        .isThrownBy(() -> parse("a#1 = A;\nb#1 = B;"))
        .withMessageContaining("line 2");
    assertThatExceptionOfType(SchemaException.class)
        .isThrownBy(() -> parse("a#1 = A;\na#2 = A;"))
        .withMessageContaining("a second a");
  }

  private static Definition only(String text) {
    List<Definition> definitions = parse(text).definitions();
    assertThat(definitions).hasSize(1);
    return definitions.getFirst();
  }

  private static Schema parse(String text) {
    return SchemaParser.parse("test.tl", text);
  }
}
