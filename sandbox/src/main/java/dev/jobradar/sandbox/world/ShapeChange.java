package dev.jobradar.sandbox.world;

import dev.jobradar.tl.api.Message;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Puts what an edit says over what a message has. */
final class ShapeChange {

  /** The beginning of a word in a name of the schema. */
  private static final Pattern WORD = Pattern.compile("_([a-z])");

  private ShapeChange() {}

  /**
   * The message with each field that the change sets, without those that are removed.
   *
   * @param removed names of the schema, such as {@code reply_markup}
   * @throws IllegalArgumentException when a name is not that of a field that can be absent
   */
  static Message over(Message old, Message change, List<String> removed) {
    Set<String> gone = removed.stream().map(ShapeChange::inJava).collect(Collectors.toSet());
    RecordComponent[] fields = Message.class.getRecordComponents();
    Object[] values = new Object[fields.length];
    try {
      for (int i = 0; i < fields.length; i++) {
        Object said = fields[i].getAccessor().invoke(change);
        Object nothing = fields[i].getAccessor().invoke(PostExtras.NO_SHAPE);
        boolean isSaid = said != null && !said.equals(nothing);
        values[i] = isSaid ? said : fields[i].getAccessor().invoke(old);
        if (gone.remove(fields[i].getName())) {
          values[i] = nothing;
        }
      }
      if (!gone.isEmpty()) {
        throw new IllegalArgumentException("a message has no field " + gone);
      }
      Class<?>[] types =
          Arrays.stream(fields).map(RecordComponent::getType).toArray(Class<?>[]::new);
      return Message.class.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("messages are records", e);
    }
  }

  private static String inJava(String name) {
    return WORD.matcher(name).replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT));
  }
}
