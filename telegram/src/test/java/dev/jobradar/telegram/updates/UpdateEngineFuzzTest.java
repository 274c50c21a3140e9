package dev.jobradar.telegram.updates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.mtproto.RpcException;
import dev.jobradar.tl.api.TypeMessage;
import dev.jobradar.tl.api.TypeUpdate;
import dev.jobradar.tl.api.TypeUpdates;
import dev.jobradar.tl.api.UpdateChannelTooLong;
import dev.jobradar.tl.api.UpdateNewChannelMessage;
import dev.jobradar.tl.api.UpdateNewMessage;
import dev.jobradar.tl.api.UpdatePtsChanged;
import dev.jobradar.tl.api.UpdateShort;
import dev.jobradar.tl.api.UpdateShortSentMessage;
import dev.jobradar.tl.api.UpdatesCombined;
import dev.jobradar.tl.api.UpdatesTooLong;
import dev.jobradar.tl.api.updates.DifferenceEmpty;
import dev.jobradar.tl.api.updates.DifferenceTooLong;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A Telegram that makes no sense: whatever it says, the engine stays on its feet. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class UpdateEngineFuzzTest {
  private static final List<String> ERRORS =
      List.of("PERSISTENT_TIMESTAMP_INVALID", "CHANNEL_PRIVATE", "FLOOD_WAIT_2", "INTERNAL", "X_9");

  private Random random = new Random(1);

  @Test
  void no_input_breaks_it_and_no_post_is_delivered_twice_or_out_of_order() {
    for (int seed = 1; seed <= 300; seed++) {
      random = new Random(seed);
      Rig rig = new Rig(random.nextBoolean() ? new CommonPosition(3, 0, 5, 1) : null);
      Map<Long, Integer> last = new HashMap<>();
      for (int step = 0; step < 400; step++) {
        poke(rig, last);
        rig.take();
        rig.all(Effect.Post.class)
            .forEach(post -> {
              int id = post.message().id();
              assertThat(id).isGreaterThan(last.getOrDefault(post.channelId(), -1));
              assertThat(ChannelPosition.parse(post.position().text()).lastMessageId())
                  .isEqualTo(id);
              last.put(post.channelId(), id);
            });
        rig.all(Effect.Common.class).forEach(c -> CommonPosition.parse(c.position().text()));
        rig.effects.clear();
        assertThat(rig.calls()).hasSizeLessThan(60);
      }
    }
  }

  private void poke(Rig rig, Map<Long, Integer> last) {
    switch (random.nextInt(12)) {
      case 0 -> rig.engine.connected(rig.now);
      case 1 -> {
        if (random.nextInt(5) == 0) {
          rig.engine.disconnected();
        }
      }
      case 2 -> rig.pass(random.nextInt(3_000));
      case 3 -> {
        long channel = channel();
        if (rig.engine.updateMode(channel).isEmpty()) {
          last.remove(channel);
          rig.engine.watch(channel, 1, random.nextBoolean(), position(), rig.now);
        }
      }
      case 4 -> {
        if (random.nextInt(5) == 0) {
          rig.engine.unwatch(channel(), rig.now);
        }
      }
      case 5, 6, 7, 8 -> rig.engine.received(updates(), rig.now);
      default -> {
        List<Effect.Call> calls = rig.calls();
        if (!calls.isEmpty()) {
          Effect.Call call = calls.get(random.nextInt(calls.size()));
          if (random.nextInt(5) == 0) {
            String error = ERRORS.get(random.nextInt(ERRORS.size()));
            rig.engine.failed(call, RpcException.of(400, error, "any"), rig.now);
          } else {
            rig.answer(call, answer(call.channelId()));
          }
        }
      }
    }
  }

  private int number() {
    return random.nextInt(40) == 0
        ? random.nextInt()
        : random.nextInt(-2, 1 + (int) Math.pow(2, random.nextInt(7)));
  }

  private long channel() {
    return random.nextLong(1, 4);
  }

  private ChannelPosition position() {
    return switch (random.nextInt(3)) {
      case 0 -> ChannelPosition.NEWEST;
      case 1 -> ChannelPosition.after(random.nextInt(9));
      default -> new ChannelPosition(1 + random.nextInt(9), random.nextInt(9), random.nextInt(9));
    };
  }

  private TypeUpdate update() {
    return switch (random.nextInt(7)) {
      case 0 -> Tl.mark(number());
      case 1 -> new UpdateNewMessage(Tl.letter(number()), number(), number());
      case 2 -> new UpdateChannelTooLong(channel(), random.nextBoolean() ? number() : null);
      case 3 -> Tl.deleted(channel(), number(), 1, 2);
      case 4 -> random.nextInt(9) == 0 ? new UpdatePtsChanged() : Tl.edit(channel(), 1, number());
      default -> new UpdateNewChannelMessage(Tl.post(channel(), number()), number(), number());
    };
  }

  private TypeUpdate[] some() {
    TypeUpdate[] some = new TypeUpdate[random.nextInt(4)];
    for (int i = 0; i < some.length; i++) {
      some[i] = update();
    }
    return some;
  }

  private TypeUpdates updates() {
    return switch (random.nextInt(8)) {
      case 0 -> new UpdatesTooLong();
      case 1 -> new UpdateShort(update(), number());
      case 2 -> UpdateShortSentMessage.builder().id(1).pts(number()).ptsCount(number()).build();
      case 3 ->
          new UpdatesCombined(List.of(some()), List.of(), List.of(), number(), number(), number());
      case 4 -> Tl.with(Tl.channel(channel(), number(), random.nextBoolean()), some());
      default -> Tl.inOrder(number(), number(), some());
    };
  }

  private List<TypeMessage> messages(long channel) {
    List<TypeMessage> messages = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      messages.add(
          random.nextInt(4) == 0 ? Tl.service(channel, number()) : Tl.post(channel, number()));
    }
    return messages;
  }

  private Object answer(long channel) {
    return switch (random.nextInt(9)) {
      case 0 -> Tl.state(number(), number(), number(), number());
      case 1 -> new DifferenceEmpty(number(), number());
      case 2 -> Tl.difference(Tl.state(number(), number(), number(), number()), List.of(), some());
      case 3 -> Tl.slice(Tl.state(number(), number(), number(), number()), List.of(), some());
      case 4 -> new DifferenceTooLong(number());
      case 5 ->
          Tl.channelDifference(
              random.nextBoolean(), number(), messages(channel).toArray(TypeMessage[]::new));
      case 6 -> Tl.tooLong(channel, number(), number(), messages(channel));
      case 7 -> Tl.full(channel, number());
      default -> Tl.history(number(), messages(channel));
    };
  }
}
