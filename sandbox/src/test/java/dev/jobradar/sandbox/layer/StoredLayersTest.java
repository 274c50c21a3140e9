package dev.jobradar.sandbox.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.sandbox.layer.Value.Node;
import dev.jobradar.tl.SchemaText;
import dev.jobradar.tl.TlException;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.TlObject;
import dev.jobradar.tl.TlReader;
import dev.jobradar.tl.api.ApiSchema;
import dev.jobradar.tl.schema.Definition;
import dev.jobradar.tl.schema.Schema;
import dev.jobradar.tl.schema.SchemaParser;
import dev.jobradar.tl.schema.TypeRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is in the resources, and every constructor sent in every layer stored. */
class StoredLayersTest {
  private static final Schema OURS = SchemaParser.parse("api.tl", SchemaText.api());
  private static final List<StoredLayer> STORED = StoredLayer.all(ApiSchema.LAYER);
  private static final Set<String> SENT = StoredLayer.sentNames();

  private static final int ROUNDS = 8;

  static List<LayerSchema> views() {
    List<LayerSchema> views = new ArrayList<>();
    LayerSchema view = LayerSchema.of(OURS);
    for (StoredLayer layer : STORED) {
      view = view.older(layer);
      views.add(view);
    }
    return views;
  }

  @Test
  void every_name_listed_is_in_our_layer() {
    assertThat(SENT).isNotEmpty().allMatch(name -> OURS.constructor(name) != null);
    assertThat(StoredLayer.functionNames())
        .isNotEmpty()
        .allMatch(name -> OURS.function(name) != null);
  }

  @Test
  void layers_are_stored_newest_first_and_every_id_is_the_crc32_of_its_definition() {
    assertThat(STORED)
        .extracting(StoredLayer::layer)
        .isSortedAccordingTo((a, b) -> Integer.compare(b, a))
        .contains(227, 223, 198, 167, 144, 135)
        .allMatch(layer -> layer < ApiSchema.LAYER);
    for (StoredLayer layer : STORED) {
      assertThat(layer.schema().layer()).hasValue(layer.layer());
      assertThat(layer.schema().definitions())
          .allMatch(definition -> definition.id() == definition.computedId());
    }
  }

  @ParameterizedTest
  @MethodSource("views")
  void what_is_sent_is_what_the_layer_reads(LayerSchema view) {
    RandomNodes random = new RandomNodes(OURS, SENT, new Random(view.layer()));
    Converter converter = new Converter(view, SENT::contains, UnaryOperator.identity());
    ValueReader theirs = new ValueReader(idsOf(view)::get);
    Set<String> notExpressed = new TreeSet<>();
    for (String name : SENT) {
      Definition definition = Objects.requireNonNull(OURS.constructor(name));
      for (int i = 0; i < ROUNDS; i++) {
        Node node = filled(random, definition);
        Value converted = converter.convert(node, definition.result());
        if (converted == null) {
          notExpressed.add(name);
          continue;
        }
        TlReader reader = new TlReader(ValueWriter.bytes(converted));
        assertThat(theirs.read(definition.result(), reader)).as(name).isEqualTo(converted);
        reader.expectEnd();
      }
    }
    notExpressed.removeIf(name -> view.constructor(name) == null);
    // They hold one object and nothing else: without that there is nothing to send.
    assertThat(notExpressed).isSubsetOf("updateShort", "pageBlockCover");
  }

  private static Node filled(RandomNodes random, Definition definition) {
    return Objects.requireNonNull(
        random.node(definition), () -> "names lack what " + definition.name() + " needs");
  }

  /** The definitions that a client of the layer knows, of those listed. */
  private static Map<Integer, Definition> idsOf(LayerSchema view) {
    Map<Integer, Definition> ids = new HashMap<>();
    for (String name : SENT) {
      Definition definition = view.constructor(name);
      if (definition != null) {
        ids.put(definition.id(), definition);
      }
    }
    return ids;
  }

  @Test
  void the_same_layer_takes_nothing_away() {
    RandomNodes random = new RandomNodes(OURS, SENT, new Random(1));
    Converter same = new Converter(LayerSchema.of(OURS), name -> true, UnaryOperator.identity());
    for (String name : SENT) {
      Definition definition = Objects.requireNonNull(OURS.constructor(name));
      Node node = filled(random, definition);
      assertThat(same.convert(node, definition.result())).isEqualTo(node);
      TlObject typed = ApiSchema.readObject(new TlReader(ValueWriter.bytes(node)));
      assertThat(typed.toByteArray()).isEqualTo(ValueWriter.bytes(node));
    }
  }

  @ParameterizedTest
  @MethodSource("views")
  void every_listed_function_is_read_as_ours_of_that_name(LayerSchema view) {
    Layers layers = new Layers();
    Set<String> refused = new TreeSet<>();
    for (String name : StoredLayer.functionNames()) {
      Definition theirs = Objects.requireNonNull(view.function(name));
      if (!theirs.variables().isEmpty()) {
        continue;
      }
      RandomNodes random = new RandomNodes(OURS, inputNames(), new Random(view.layer()));
      Node call = filled(random, theirs);
      try {
        TlMethod<?> read = layers.readRequest(ValueWriter.bytes(call), 0);
        assertThat(ApiSchema.nameOf(read.constructorId())).isEqualTo(name);
      } catch (TlException e) {
        refused.add(name);
      }
    }
    // Until layer 144 they were calls of another shape: no purpose, no verification object.
    assertThat(refused).isSubsetOf("account.sendVerifyEmailCode", "account.verifyEmail");
  }

  /** Simple constructors of what calls take, the same in all layers. */
  private static Set<String> inputNames() {
    return Set.of(
        "inputPeerSelf",
        "inputPeerUser",
        "inputPeerChannel",
        "inputUserSelf",
        "inputUser",
        "inputChannel",
        "inputMessageID",
        "inputDialogPeer",
        "inputNotifyUsers",
        "inputPrivacyKeyStatusTimestamp",
        "inputCheckPasswordSRP",
        "inputMessagesFilterEmpty",
        "channelMessagesFilterEmpty",
        "channelParticipantsRecent",
        "emailVerifyPurposePassport",
        "emailVerificationCode",
        "codeSettings",
        "dataJSON",
        "jsonNull",
        "messageRange",
        "inputAppEvent",
        "sendMessageTypingAction");
  }

  @Test
  void broken_queries_of_old_layers_are_read_or_refused() {
    Layers layers = new Layers();
    Random random = new Random(5);
    List<byte[]> seeds = new ArrayList<>();
    for (LayerSchema view : views()) {
      for (String name : StoredLayer.functionNames()) {
        Node call =
            new RandomNodes(OURS, inputNames(), random)
                .node(Objects.requireNonNull(view.function(name)));
        if (call != null) {
          seeds.add(ValueWriter.bytes(call));
        }
      }
    }
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] query = broken(seeds.get(random.nextInt(seeds.size())), random);
      try {
        layers.readRequest(query, 0);
      } catch (TlException expected) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  private static byte[] broken(byte[] query, Random random) {
    byte[] copy =
        Arrays.copyOf(query, random.nextInt(4) == 0 ? random.nextInt(query.length) : query.length);
    for (int i = random.nextInt(3); i > 0 && copy.length > 0; i--) {
      copy[random.nextInt(copy.length)] = (byte) random.nextInt();
    }
    return copy;
  }

  @Test
  void a_type_reference_that_no_api_schema_has_is_not_expressed() {
    Converter converter =
        new Converter(LayerSchema.of(OURS), name -> true, UnaryOperator.identity());

    assertThat(converter.convert(new Value.IntValue(1), new TypeRef.Bare("message"))).isNull();
  }
}
