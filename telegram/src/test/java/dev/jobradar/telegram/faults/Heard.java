package dev.jobradar.telegram.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.telegram.ChannelPeer;
import dev.jobradar.telegram.Post;
import dev.jobradar.telegram.Stall;
import dev.jobradar.telegram.UpdatesListener;
import dev.jobradar.telegram.Watch;
import dev.jobradar.telegram.updates.ChannelPosition;
import dev.jobradar.telegram.updates.PassedOver;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Posts as they are told of. */
final class Heard implements UpdatesListener {
  final BlockingQueue<Integer> ids = new LinkedBlockingQueue<>();
  final BlockingQueue<PassedOver> passedOver = new LinkedBlockingQueue<>();
  final BlockingQueue<Stall> stalls = new LinkedBlockingQueue<>();
  private final CountDownLatch begun = new CountDownLatch(1);

  /** Begins to watch a channel; from now on each of its posts is to come. */
  static Heard watch(FaultRig rig, String channel) throws InterruptedException {
    ChannelPeer peer = rig.client.channels().resolve(channel).peer();
    Heard heard = new Heard();
    rig.client.updates().start(null, List.of(Watch.of(peer, ChannelPosition.NEWEST)), heard);
    assertThat(heard.begun.await(FaultRig.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return heard;
  }

  @Override
  public void onPosts(long channelId, List<Post> posts, ChannelPosition position) {
    posts.forEach(post -> ids.add(post.id()));
  }

  @Override
  public void onPassedOver(long channelId, PassedOver what, ChannelPosition position) {
    passedOver.add(what);
  }

  @Override
  public void onStalled(long channelId, Stall stall) {
    stalls.add(stall);
  }

  @Override
  public void onChannelMoved(long channelId, ChannelPosition position) {
    begun.countDown();
  }

  /** The next ones. */
  List<Integer> next(int count) throws InterruptedException {
    List<Integer> heard = new ArrayList<>();
    while (heard.size() < count) {
      heard.add(
          Objects.requireNonNull(
              ids.poll(FaultRig.PATIENCE.toSeconds(), TimeUnit.SECONDS),
              () -> "no more than " + heard));
    }
    return heard;
  }
}
