package dev.jobradar.telegram.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.telegram.AccountUpdateBatch;
import dev.jobradar.telegram.Post;
import dev.jobradar.telegram.UpdatesListener;
import dev.jobradar.telegram.updates.ChannelPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Private messages as they are told of. */
final class HeardMessages implements UpdatesListener {
  final BlockingQueue<Integer> ids = new LinkedBlockingQueue<>();

  /** A permit for each time it was told that something may be missing. */
  final Semaphore skipped = new Semaphore(0);

  private final CountDownLatch begun = new CountDownLatch(1);

  /** Begins to hear; from now on each message is to come. */
  static HeardMessages start(FaultRig rig) throws InterruptedException {
    HeardMessages heard = new HeardMessages();
    rig.client.updates().start(null, List.of(), heard);
    assertThat(heard.begun.await(FaultRig.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return heard;
  }

  @Override
  public void onPosts(long channelId, List<Post> posts, ChannelPosition position) {}

  @Override
  public void onCommon(AccountUpdateBatch news) {
    news.messages().forEach(message -> ids.add(message.id()));
    begun.countDown();
  }

  @Override
  public void onSkipped(AccountUpdateBatch news) {
    skipped.release();
  }

  boolean awaitSkipped() throws InterruptedException {
    return skipped.tryAcquire(FaultRig.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** The ids of the next ones. */
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
