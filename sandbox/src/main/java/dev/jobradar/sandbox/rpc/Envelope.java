package dev.jobradar.sandbox.rpc;

import dev.jobradar.sandbox.world.Device;
import dev.jobradar.tl.TlException;
import dev.jobradar.tl.TlReader;
import dev.jobradar.tl.api.InputClientProxy;
import dev.jobradar.tl.api.MessageRange;
import dev.jobradar.tl.api.TypeJSONValue;
import dev.jobradar.tl.api.method.InitConnection;
import dev.jobradar.tl.api.method.InvokeAfterMsg;
import dev.jobradar.tl.api.method.InvokeAfterMsgs;
import dev.jobradar.tl.api.method.InvokeWithApnsSecret;
import dev.jobradar.tl.api.method.InvokeWithBusinessConnection;
import dev.jobradar.tl.api.method.InvokeWithGooglePlayIntegrity;
import dev.jobradar.tl.api.method.InvokeWithLayer;
import dev.jobradar.tl.api.method.InvokeWithMessagesRange;
import dev.jobradar.tl.api.method.InvokeWithReCaptcha;
import dev.jobradar.tl.api.method.InvokeWithTakeout;
import dev.jobradar.tl.api.method.InvokeWithoutUpdates;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A query without what is wrapped around it. The wrappers are the same in all layers, what they
 * hold is not: so they are taken off before the layer is known.
 *
 * @param query where the query's bytes begin in the array
 * @param layer the layer of {@code invokeWithLayer}; 0 if there was none
 * @param device what {@code initConnection} said, with that layer; {@link Device#UNKNOWN} if it was
 *     not there
 * @param withoutUpdates whether {@code invokeWithoutUpdates} was there
 * @param after the messages that {@code invokeAfterMsg} waits for
 */
record Envelope(int query, int layer, Device device, boolean withoutUpdates, List<Long> after) {

  /** Enough for any client. */
  private static final int MAX_WRAPPERS = 16;

  /** Without {@code params}, as until layer 113. */
  private static final int INIT_CONNECTION_113 = 0x785188b8;

  Envelope {
    after = List.copyOf(after);
  }

  /**
   * Takes the wrappers off.
   *
   * @throws TlException when they cannot be read
   */
  static Envelope open(byte[] bytes) {
    TlReader reader = new TlReader(bytes);
    Envelope envelope = new Envelope(0, 0, Device.UNKNOWN, false, List.of());
    for (int i = 0; i < MAX_WRAPPERS; i++) {
      int start = reader.position();
      Envelope inner = envelope.unwrap(reader);
      if (inner == null) {
        return new Envelope(
            start, envelope.layer, envelope.device(), envelope.withoutUpdates, envelope.after);
      }
      envelope = inner;
    }
    throw new TlException(TlException.Reason.LIMIT, "more than " + MAX_WRAPPERS + " wrappers");
  }

  /** The device with the layer, which may have been read before or after it. */
  @Override
  public Device device() {
    return device.equals(Device.UNKNOWN) ? device : device.withLayer(layer);
  }

  /** The wrappers that introduce a client, as far as they were there. */
  Set<String> names() {
    Set<String> names = new HashSet<>();
    if (layer != 0) {
      names.add("invokeWithLayer");
    }
    if (!device.equals(Device.UNKNOWN)) {
      names.add("initConnection");
    }
    return names;
  }

  /** Reads one wrapper; null if there is none. */
  private @Nullable Envelope unwrap(TlReader reader) {
    return switch (reader.readInt()) {
      case InvokeWithLayer.ID -> new Envelope(0, reader.readInt(), device, withoutUpdates, after);
      case InitConnection.ID -> of(readDevice(reader, true));
      case INIT_CONNECTION_113 -> of(readDevice(reader, false));
      case InvokeWithoutUpdates.ID -> new Envelope(0, layer, device, true, after);
      case InvokeAfterMsg.ID -> waitingFor(List.of(reader.readLong()));
      case InvokeAfterMsgs.ID -> waitingFor(reader.readVector(Long.BYTES, TlReader::readLong));
      case InvokeWithTakeout.ID -> {
        reader.readLong();
        yield this;
      }
      case InvokeWithMessagesRange.ID -> {
        MessageRange.readFrom(reader);
        yield this;
      }
      case InvokeWithBusinessConnection.ID, InvokeWithReCaptcha.ID -> {
        reader.readString();
        yield this;
      }
      case InvokeWithGooglePlayIntegrity.ID, InvokeWithApnsSecret.ID -> {
        reader.readString();
        reader.readString();
        yield this;
      }
      default -> null;
    };
  }

  private Envelope of(Device said) {
    return new Envelope(0, layer, said, withoutUpdates, after);
  }

  private Envelope waitingFor(List<Long> messages) {
    List<Long> all = new ArrayList<>(after);
    all.addAll(messages);
    return new Envelope(0, layer, device, withoutUpdates, all);
  }

  private static Device readDevice(TlReader reader, boolean withParams) {
    int flags = reader.readInt();
    int apiId = reader.readInt();
    String model = reader.readString();
    String system = reader.readString();
    String app = reader.readString();
    String systemLanguage = reader.readString();
    String pack = reader.readString();
    String language = reader.readString();
    if ((flags & 1) != 0) {
      InputClientProxy.readFrom(reader);
    }
    if (withParams && (flags & 2) != 0) {
      TypeJSONValue.readFrom(reader);
    }
    return new Device(0, apiId, model, system, app, systemLanguage, pack, language);
  }
}
