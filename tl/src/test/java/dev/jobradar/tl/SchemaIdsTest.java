package dev.jobradar.tl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.tl.api.ApiSchema;
import dev.jobradar.tl.mtproto.MtprotoSchema;
import dev.jobradar.tl.schema.Definition;
import dev.jobradar.tl.schema.Schema;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaIdsTest {
  /**
   * Constructors of old layers that the package keeps to read old file ids, under names of its own:
   * their ids are those of the names without "Legacy".
   */
  private static final Set<String> RENAMED =
      Set.of("inputPeerPhotoFileLocationLegacy", "inputStickerSetThumbLegacy");

  static Schema[] schemas() {
    return new Schema[] {Schemas.API, Schemas.MTPROTO};
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void every_id_is_the_crc32_of_its_definition(Schema schema) {
    assertThat(schema.definitions())
        .filteredOn(definition -> definition.id() != definition.computedId())
        .extracting(Definition::name)
        .isSubsetOf(RENAMED);
  }

  @Test
  void the_generated_layer_is_that_of_the_schema() {
    assertThat(Schemas.API.layer()).hasValue(ApiSchema.LAYER);
  }

  @Test
  void every_id_has_its_name() {
    for (Definition definition : Schemas.API.definitions()) {
      assertThat(ApiSchema.nameOf(definition.id())).isEqualTo(definition.name());
    }
    for (Definition definition : Schemas.MTPROTO.definitions()) {
      assertThat(MtprotoSchema.nameOf(definition.id())).isEqualTo(definition.name());
    }
    assertThat(ApiSchema.nameOf(0)).isNull();
    assertThat(MtprotoSchema.nameOf(0)).isNull();
  }
}
