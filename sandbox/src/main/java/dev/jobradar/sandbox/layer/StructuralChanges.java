package dev.jobradar.sandbox.layer;

import dev.jobradar.sandbox.layer.Value.Node;
import dev.jobradar.tl.schema.Definition;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** What changed between layers in another way than field by field. */
final class StructuralChanges {
  private StructuralChanges() {}

  /** Prepares a call before its fields are converted to our layer. */
  static Node toOurs(Node call, LayerSchema ours) {
    return switch (call.definition().name()) {
      case "messages.sendMessage" -> withReplyTo(call, ours);
      default -> call;
    };
  }

  /** An object as it has to be before its fields are carried over to an older layer. */
  static Node toOlder(Node object, LayerSchema older) {
    return object.definition().name().equals("message") ? withoutRich(object, older) : object;
  }

  /**
   * A rich message has no text, and to a layer that does not know it nothing at all would remain:
   * it becomes media that the client cannot show, as at Telegram.
   */
  private static Node withoutRich(Node message, LayerSchema older) {
    Definition target = Objects.requireNonNull(older.constructor("message"), "message");
    boolean lost =
        message.fields().containsKey("rich_message")
            && target.fields().stream().noneMatch(field -> field.name().equals("rich_message"));
    if (!lost || message.fields().containsKey("media")) {
      return message;
    }
    Definition unsupported =
        Objects.requireNonNull(older.constructor("messageMediaUnsupported"), "unsupported");
    Map<String, Value> fields = new HashMap<>(message.fields());
    fields.put("media", new Node(unsupported, Map.of()));
    return new Node(message.definition(), fields);
  }

  /** Before layer 166 the message replied to was a field of the call, since then an object. */
  private static Node withReplyTo(Node call, LayerSchema ours) {
    Value messageId = call.fields().get("reply_to_msg_id");
    if (messageId == null) {
      return call;
    }
    Definition definition =
        Objects.requireNonNull(ours.constructor("inputReplyToMessage"), "inputReplyToMessage");
    Map<String, Value> reply = new HashMap<>(Map.of("reply_to_msg_id", messageId));
    Value topic = call.fields().get("top_msg_id");
    if (topic != null) {
      reply.put("top_msg_id", topic);
    }
    Map<String, Value> fields = new HashMap<>(call.fields());
    fields.put("reply_to", new Node(definition, reply));
    return new Node(call.definition(), fields);
  }
}
