package dev.jobradar.telegram.updates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.tl.Bytes;
import dev.jobradar.tl.api.Message;
import dev.jobradar.tl.api.MessageEmpty;
import dev.jobradar.tl.api.TypeUpdate;
import dev.jobradar.tl.api.UpdateChannelTooLong;
import dev.jobradar.tl.api.UpdateNewChannelMessage;
import dev.jobradar.tl.api.UpdateReadChannelInbox;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UpdateSequenceTest {
  /** Every constructor of Update in the schema. */
  static Stream<Class<?>> constructors() {
    return Arrays.stream(TypeUpdate.class.getPermittedSubclasses());
  }

  private static Set<String> fields(Class<?> constructor) {
    return Arrays.stream(constructor.getRecordComponents())
        .map(RecordComponent::getName)
        .collect(Collectors.toSet());
  }

  /** An instance with as little in it as it may have: 3 for each int, 4 for each long. */
  private static Object blank(Class<?> type) {
    if (type.isAssignableFrom(Message.class) && type != Object.class) {
      return Tl.post(4, 1);
    }
    if (!type.isRecord()) {
      // Of a type with several constructors, the smallest.
      return blank(
          Arrays.stream(type.getPermittedSubclasses())
              .min(Comparator.comparingInt(one -> one.getRecordComponents().length))
              .orElseThrow());
    }
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = Arrays.stream(components).map(UpdateSequenceTest::blank).toArray();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cannot make a " + type, e);
    }
  }

  private static @Nullable Object blank(RecordComponent component) {
    if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
      return null;
    }
    return switch (component.getType().getSimpleName()) {
      case "int" -> 3;
      case "long" -> 4L;
      case "double" -> 5.0;
      case "boolean" -> false;
      case "String" -> "";
      case "Bytes" -> Bytes.EMPTY;
      case "List" -> List.of();
      default -> blank(component.getType());
    };
  }

  @ParameterizedTest
  @MethodSource("constructors")
  void whatever_carries_pts_or_qts_belongs_to_a_box_and_nothing_else_does(Class<?> constructor) {
    Set<String> fields = fields(constructor);
    UpdateSequence place = UpdateSequence.of((TypeUpdate) blank(constructor));
    boolean ofChannel =
        fields.contains("channelId") || constructor.getSimpleName().contains("ChannelMessage");
    if (constructor == UpdateChannelTooLong.class) {
      assertThat(place).isInstanceOf(UpdateSequence.ChannelTooLong.class);
    } else if (fields.contains("pts") && ofChannel) {
      int count = fields.contains("ptsCount") ? 3 : 0;
      assertThat(place).isEqualTo(new UpdateSequence.ChannelBox(4, 3, count));
    } else if (fields.contains("pts")) {
      assertThat(place).isEqualTo(new UpdateSequence.CommonBox(3, 3));
    } else if (fields.contains("qts")) {
      assertThat(place).isEqualTo(new UpdateSequence.Secondary(3));
    } else if (constructor.getSimpleName().equals("UpdatePtsChanged")) {
      assertThat(place).isEqualTo(new UpdateSequence.StateLost());
    } else {
      assertThat(place).isEqualTo(new UpdateSequence.Elsewhere());
    }
  }

  @Test
  void reading_a_channel_counts_as_no_event() {
    UpdateReadChannelInbox read =
        UpdateReadChannelInbox.builder().channelId(4).maxId(1).pts(9).build();
    assertThat(UpdateSequence.of(read)).isEqualTo(new UpdateSequence.ChannelBox(4, 9, 0));
  }

  @Test
  void a_message_that_does_not_say_where_it_is_belongs_to_no_channel() {
    UpdateNewChannelMessage update = new UpdateNewChannelMessage(new MessageEmpty(1, null), 9, 1);
    assertThat(UpdateSequence.of(update)).isEqualTo(new UpdateSequence.ChannelBox(0, 9, 1));
  }
}
