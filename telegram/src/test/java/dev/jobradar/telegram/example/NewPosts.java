package dev.jobradar.telegram.example;

import dev.jobradar.telegram.AccountUpdateBatch;
import dev.jobradar.telegram.Post;
import dev.jobradar.telegram.TelegramClient;
import dev.jobradar.telegram.UpdatesListener;
import dev.jobradar.telegram.Watch;
import dev.jobradar.telegram.updates.ChannelPosition;
import dev.jobradar.telegram.updates.CommonPosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stores the new posts of channels, each exactly once over any number of restarts. */
final class NewPosts implements UpdatesListener {
  /** A database, as far as it is needed here; each method is one transaction. */
  interface Store {
    @Nullable CommonPosition account();

    List<Watch> watches();

    void add(long channelId, List<Post> posts, ChannelPosition position);

    void moved(CommonPosition account, List<Long> inStep);
  }

  private final Store store;

  private NewPosts(Store store) {
    this.store = store;
  }

  static void follow(TelegramClient client, Store store) {
    client.updates().start(store.account(), store.watches(), new NewPosts(store));
  }

  @Override
  public void onPosts(long channelId, List<Post> posts, ChannelPosition position) {
    store.add(channelId, posts, position);
  }

  @Override
  public void onChannelMoved(long channelId, ChannelPosition position) {
    store.add(channelId, List.of(), position);
  }

  @Override
  public void onCommon(AccountUpdateBatch news) {
    store.moved(news.position(), news.watched());
  }

  @Override
  public void onFailed(Throwable cause) {
    System.err.println("No more updates until follow() is called again: " + cause);
  }
}
