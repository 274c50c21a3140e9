package dev.jobradar.sandbox.rpc;

import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.fault.Faults;
import dev.jobradar.sandbox.world.ChannelId;
import dev.jobradar.sandbox.world.ChannelInfo;
import dev.jobradar.sandbox.world.Entity;
import dev.jobradar.sandbox.world.HistoryEntry;
import dev.jobradar.sandbox.world.HistoryPage;
import dev.jobradar.sandbox.world.HistoryQuery;
import dev.jobradar.sandbox.world.Peer;
import dev.jobradar.sandbox.world.Post;
import dev.jobradar.sandbox.world.RpcErrorException;
import dev.jobradar.sandbox.world.User;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.sandbox.world.World;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.api.InputMessageID;
import dev.jobradar.tl.api.InputMessagesFilterEmpty;
import dev.jobradar.tl.api.InputReplyToMessage;
import dev.jobradar.tl.api.MessageEmpty;
import dev.jobradar.tl.api.MessageViews;
import dev.jobradar.tl.api.TypeInputMessage;
import dev.jobradar.tl.api.TypeInputPeer;
import dev.jobradar.tl.api.TypeMessage;
import dev.jobradar.tl.api.TypeUpdate;
import dev.jobradar.tl.api.TypeUpdates;
import dev.jobradar.tl.api.TypeWebPage;
import dev.jobradar.tl.api.UpdateMessageID;
import dev.jobradar.tl.api.UpdateNewChannelMessage;
import dev.jobradar.tl.api.UpdateNewMessage;
import dev.jobradar.tl.api.UpdateShortSentMessage;
import dev.jobradar.tl.api.WebPageEmpty;
import dev.jobradar.tl.api.messages.AffectedMessages;
import dev.jobradar.tl.api.messages.ChannelMessages;
import dev.jobradar.tl.api.messages.DiscussionMessage;
import dev.jobradar.tl.api.messages.MessagesNotModified;
import dev.jobradar.tl.api.messages.MessagesSlice;
import dev.jobradar.tl.api.messages.TypeMessages;
import dev.jobradar.tl.api.messages.WebPage;
import dev.jobradar.tl.api.method.Channels;
import dev.jobradar.tl.api.method.Messages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The methods that read and write messages. */
final class MessageMethods {

  /** The longest text of a message, in UTF-16 units (help.getConfig, message_length_max). */
  static final int MAX_TEXT = 4_096;

  private static final int MAX_IDS = 200;

  private final World world;
  private final Views views;
  private final UpdateViews updates;
  private final Peers peers;
  private final SentCodes codes;
  private final Faults faults;

  MessageMethods(
      World world, Views views, UpdateViews updates, Peers peers, SentCodes codes, Faults faults) {
    this.world = world;
    this.views = views;
    this.updates = updates;
    this.peers = peers;
    this.codes = codes;
    this.faults = faults;
  }

  void register(MethodTable methods) {
    methods.signedIn(Messages.GetHistory.class, this::history);
    methods.signedIn(Messages.Search.class, this::search);
    methods.signedIn(
        Messages.GetMessages.class, (call, caller) -> byIds(caller.me(), ids(call.id())));
    methods.signedIn(
        Channels.GetMessages.class,
        (call, caller) ->
            byIds(caller.me(), peers.channel(caller.me(), call.channel()), ids(call.id())));
    methods.signedIn(
        Messages.GetMessagesViews.class,
        (call, caller) -> views(caller.me(), peers.peer(caller.me(), call.peer()), call.id()));
    methods.signedIn(Messages.GetRichMessage.class, this::richMessage);
    methods.signedIn(Messages.GetWebPage.class, this::webPage);
    methods.signedIn(Messages.GetDiscussionMessage.class, this::discussionMessage);
    methods.signedIn(Messages.GetReplies.class, this::replies);
    methods.signedIn(Messages.SendMessage.class, this::send);
    methods.signedIn(Messages.ReadHistory.class, (call, caller) -> read(caller, call));
    methods.signedIn(
        Channels.ReadHistory.class,
        (call, caller) -> {
          ChannelId channel = peers.channel(caller.me(), call.channel()).id();
          world.readChannel(caller.me(), channel, call.maxId(), caller.session());
          return true;
        });
    methods.signedIn(Messages.ReceivedMessages.class, (call, caller) -> List.of());
    methods.signedIn(
        Messages.SetTyping.class,
        (call, caller) -> {
          peers.peer(caller.me(), call.peer());
          return true;
        });
  }

  // Reading

  private TypeMessages history(Messages.GetHistory call, Caller caller) {
    UserId me = caller.me();
    int most = mostOnPage(call, caller);
    HistoryQuery query =
        new HistoryQuery(
            call.offsetId(),
            call.offsetDate(),
            call.addOffset(),
            call.limit(),
            call.maxId(),
            call.minId());
    return switch (peers.peer(me, call.peer())) {
      case ChannelId id ->
          posts(me, id, world.history(id, query).shortened(query, most), call.hash());
      case UserId id ->
          messages(me, id, world.history(me, id, query).shortened(query, most), call.hash());
    };
  }

  /** How many messages a page may hold, if {@link Fault.ShortPages} does not let it hold all. */
  private int mostOnPage(TlMethod<?> call, Caller caller) {
    Fault.ShortPages pages = faults.strike(Fault.ShortPages.class, () -> caller.place(call));
    return pages == null ? HistoryQuery.MAX_LIMIT : pages.most();
  }

  private TypeMessages search(Messages.Search call, Caller caller) {
    UserId me = caller.me();
    int most = mostOnPage(call, caller);
    HistoryQuery query =
        new HistoryQuery(
            call.offsetId(), 0, call.addOffset(), call.limit(), call.maxId(), call.minId());
    String wanted = call.q().toLowerCase(Locale.ROOT);
    boolean anyKind = call.filter() instanceof InputMessagesFilterEmpty;
    int from = call.minDate();
    int until = call.maxDate() == 0 ? Integer.MAX_VALUE : call.maxDate();
    return switch (peers.peer(me, call.peer())) {
      case ChannelId id ->
          posts(
              me,
              id,
              world
                  .search(
                      id,
                      post ->
                          anyKind
                              && post.date() > from
                              && post.date() < until
                              && post.text().toLowerCase(Locale.ROOT).contains(wanted),
                      query)
                  .shortened(query, most),
              call.hash());
      case UserId id ->
          messages(
              me,
              id,
              world
                  .search(
                      me,
                      id,
                      message ->
                          anyKind
                              && message.date() > from
                              && message.date() < until
                              && message.text().toLowerCase(Locale.ROOT).contains(wanted),
                      query)
                  .shortened(query, most),
              call.hash());
    };
  }

  private TypeMessages posts(UserId me, ChannelId id, HistoryPage<Post> page, long hash) {
    if (unchanged(page, hash)) {
      return new MessagesNotModified(page.total());
    }
    ChannelInfo channel = world.channel(id).orElseThrow();
    MentionedPeers cast = new MentionedPeers(world, views, me).with(channel);
    page.items().forEach(post -> cast.with(channel, post));
    return ChannelMessages.builder()
        .pts(channel.pts())
        .count(page.total())
        .offsetIdOffset(page.offset())
        .messages(page.items().stream().map(post -> views.post(me, channel, post)).toList())
        .topics(List.of())
        .chats(cast.chats())
        .users(cast.users())
        .build();
  }

  private TypeMessages messages(
      UserId me, UserId peer, HistoryPage<dev.jobradar.sandbox.world.Message> page, long hash) {
    if (unchanged(page, hash)) {
      return new MessagesNotModified(page.total());
    }
    MentionedPeers cast = new MentionedPeers(world, views, me).with(me).with(peer);
    List<TypeMessage> items =
        page.items().stream().map(message -> views.message(me, message)).toList();
    if (items.size() == page.total()) {
      return new dev.jobradar.tl.api.messages.Messages(
          items, List.of(), cast.chats(), cast.users());
    }
    return MessagesSlice.builder()
        .count(page.total())
        .offsetIdOffset(page.offset())
        .messages(items)
        .topics(List.of())
        .chats(cast.chats())
        .users(cast.users())
        .build();
  }

  private static boolean unchanged(HistoryPage<? extends HistoryEntry> page, long hash) {
    return hash != 0 && hash == ResultHash.of(page.items().stream().mapToLong(HistoryEntry::id));
  }

  private static List<Integer> ids(List<TypeInputMessage> inputs) {
    if (inputs.size() > MAX_IDS) {
      throw RpcErrorException.badRequest("LIMIT_INVALID");
    }
    // The other kinds ask for what does not exist here: a reply, a pin, a callback.
    return inputs.stream().map(input -> input instanceof InputMessageID(int id) ? id : 0).toList();
  }

  private TypeMessages byIds(UserId me, List<Integer> ids) {
    MentionedPeers cast = new MentionedPeers(world, views, me).with(me);
    Map<Integer, TypeMessage> found = empty(ids);
    for (var message : world.messages(me, ids)) {
      cast.with(message.peer());
      found.put(message.id(), views.message(me, message));
    }
    return new dev.jobradar.tl.api.messages.Messages(
        List.copyOf(found.values()), List.of(), cast.chats(), cast.users());
  }

  private TypeMessages byIds(UserId me, ChannelInfo channel, List<Integer> ids) {
    MentionedPeers cast = new MentionedPeers(world, views, me).with(channel);
    Map<Integer, TypeMessage> found = empty(ids);
    for (Post post : world.posts(channel.id(), ids)) {
      found.put(post.id(), views.post(me, channel, post));
      cast.with(channel, post);
    }
    return ChannelMessages.builder()
        .pts(channel.pts())
        .count(found.size())
        .messages(List.copyOf(found.values()))
        .topics(List.of())
        .chats(cast.chats())
        .users(cast.users())
        .build();
  }

  private Post required(ChannelId id, int postId, String error) {
    return world.posts(id, List.of(postId)).stream()
        .findFirst()
        .orElseThrow(() -> RpcErrorException.badRequest(error));
  }

  private ChannelInfo requiredChannel(UserId me, TypeInputPeer peer) {
    return switch (peers.peer(me, peer)) {
      case ChannelId id -> world.channel(id).orElseThrow();
      case UserId id -> throw RpcErrorException.badRequest("PEER_ID_INVALID");
    };
  }

  /** A rich message of which only the beginning was sent. */
  private TypeMessages richMessage(Messages.GetRichMessage call, Caller caller) {
    UserId me = caller.me();
    ChannelInfo channel = requiredChannel(me, call.peer());
    Post post = required(channel.id(), call.id(), "MESSAGE_ID_INVALID");
    if (post.extras() == null || post.extras().shape().richMessage() == null) {
      throw RpcErrorException.badRequest("MESSAGE_ID_INVALID");
    }
    MentionedPeers cast = new MentionedPeers(world, views, me).with(channel, post);
    return ChannelMessages.builder()
        .pts(channel.pts())
        .count(1)
        .messages(List.of(views.whole(me, channel, post)))
        .topics(List.of())
        .chats(cast.chats())
        .users(cast.users())
        .build();
  }

  private WebPage webPage(Messages.GetWebPage call, Caller caller) {
    TypeWebPage page =
        world
            .webPage(call.url())
            .<TypeWebPage>map(known -> known)
            .orElseGet(() -> WebPageEmpty.builder().id(0).url(call.url()).build());
    return new WebPage(page, List.of(), List.of());
  }

  /** The copy of a channel's post in the group where it is discussed. */
  private DiscussionMessage discussionMessage(Messages.GetDiscussionMessage call, Caller caller) {
    UserId me = caller.me();
    ChannelInfo channel = requiredChannel(me, call.peer());
    ChannelInfo group = discussion(channel);
    Post copy = required(group.id(), root(channel, call.msgId()), "MSG_ID_INVALID");
    MentionedPeers cast = new MentionedPeers(world, views, me).with(channel).with(group, copy);
    return DiscussionMessage.builder()
        .messages(List.of(views.post(me, group, copy)))
        .unreadCount(0)
        .chats(cast.chats())
        .users(cast.users())
        .build();
  }

  private TypeMessages replies(Messages.GetReplies call, Caller caller) {
    UserId me = caller.me();
    ChannelInfo channel = requiredChannel(me, call.peer());
    HistoryQuery query =
        new HistoryQuery(
            call.offsetId(),
            call.offsetDate(),
            call.addOffset(),
            call.limit(),
            call.maxId(),
            call.minId());
    ChannelId group = discussion(channel).id();
    return posts(
        me,
        group,
        world
            .comments(group, root(channel, call.msgId()), query)
            .shortened(query, mostOnPage(call, caller)),
        call.hash());
  }

  private ChannelInfo discussion(ChannelInfo channel) {
    if (channel.group()) {
      return channel;
    }
    if (channel.linked() == null) {
      throw RpcErrorException.badRequest("MSG_ID_INVALID");
    }
    return world.channel(channel.linked()).orElseThrow();
  }

  /** The message in the group under which comments on a message stand. */
  private int root(ChannelInfo channel, int id) {
    return channel.group() ? id : world.discussed(discussion(channel).id(), id);
  }

  private static Map<Integer, TypeMessage> empty(List<Integer> ids) {
    Map<Integer, TypeMessage> messages = new LinkedHashMap<>();
    ids.forEach(id -> messages.put(id, MessageEmpty.builder().id(id).build()));
    return messages;
  }

  private dev.jobradar.tl.api.messages.MessageViews views(UserId me, Peer peer, List<Integer> ids) {
    MentionedPeers cast = new MentionedPeers(world, views, me).with(peer);
    List<MessageViews> counts = new ArrayList<>();
    for (int id : ids) {
      MessageViews.Builder count = MessageViews.builder();
      if (peer instanceof ChannelId channelId) {
        ChannelInfo channel = world.channel(channelId).orElseThrow();
        world
            .posts(channelId, List.of(id))
            .forEach(post -> count.views(views.views(channel, post)));
      }
      counts.add(count.build());
    }
    return new dev.jobradar.tl.api.messages.MessageViews(counts, cast.chats(), cast.users());
  }

  private AffectedMessages read(Caller caller, Messages.ReadHistory call) {
    UserId me = caller.me();
    return switch (peers.peer(me, call.peer())) {
      case ChannelId id -> throw RpcErrorException.badRequest("PEER_ID_INVALID");
      case UserId id -> {
        int before = world.state(me).pts();
        int after = world.readMessages(me, id, call.maxId(), caller.session());
        yield new AffectedMessages(after, Math.min(1, after - before));
      }
    };
  }

  // Writing

  private TypeUpdates send(Messages.SendMessage call, Caller caller) {
    UserId me = caller.me();
    Peer peer = peers.peer(me, call.peer());
    if (call.randomId() == 0) {
      throw RpcErrorException.badRequest("RANDOM_ID_EMPTY");
    }
    if (call.scheduleDate() != null) {
      throw RpcErrorException.badRequest("SCHEDULE_DATE_INVALID");
    }
    Optional<World.SentBefore> before = world.sentBefore(me, call.randomId());
    if (before.isPresent()) {
      return sentBefore(me, peer, before.get(), call.randomId());
    }
    requireReplied(me, peer, call);
    List<Entity> entities = Entities.read(call.entities(), call.message());
    // Entities count from the beginning, so with them only the end can be trimmed.
    String text = entities.isEmpty() ? call.message().strip() : call.message().stripTrailing();
    if (text.isEmpty()) {
      throw RpcErrorException.badRequest("MESSAGE_EMPTY");
    }
    if (text.length() > MAX_TEXT) {
      throw RpcErrorException.badRequest("MESSAGE_TOO_LONG");
    }
    codes.leaked(world.user(me).map(User::phone).orElseThrow(), text);
    return switch (peer) {
      case ChannelId id -> {
        var sent = world.post(me, id, text, entities, call.randomId(), caller.session());
        yield posted(me, id, sent.post(), sent.pts(), call.randomId());
      }
      case UserId id ->
          sent(
              me,
              id,
              world.send(me, id, text, entities, call.randomId(), caller.session()),
              call.randomId());
    };
  }

  private TypeUpdates posted(UserId me, ChannelId id, Post post, int pts, long randomId) {
    ChannelInfo channel = world.channel(id).orElseThrow();
    List<TypeUpdate> both =
        List.of(
            new UpdateMessageID(post.id(), randomId),
            new UpdateNewChannelMessage(views.post(me, channel, post), pts, 1));
    return updates.bundle(me, both, new MentionedPeers(world, views, me).with(channel, post), 0);
  }

  private TypeUpdates sent(UserId me, UserId to, World.Sent sent, long randomId) {
    return to.equals(me) ? inFull(me, sent, randomId) : inShort(sent);
  }

  /** The answer that the same call got before: it is not done again. */
  private TypeUpdates sentBefore(UserId me, Peer to, World.SentBefore before, long randomId) {
    List<Integer> id = List.of(before.id());
    Optional<TypeUpdates> answer =
        !before.to().equals(to)
            ? Optional.empty()
            : switch (to) {
              case ChannelId channel ->
                  world.posts(channel, id).stream()
                      .findFirst()
                      .map(post -> posted(me, channel, post, before.pts(), randomId));
              case UserId user ->
                  world.messages(me, id).stream()
                      .findFirst()
                      .map(message ->
                          sent(me, user, new World.Sent(message, before.pts()), randomId));
            };
    return answer.orElseThrow(() -> RpcErrorException.badRequest("RANDOM_ID_DUPLICATE"));
  }

  /** To Saved Messages Telegram answers so; mtcute 0.30.3 cannot read the short form there. */
  private TypeUpdates inFull(UserId me, World.Sent sent, long randomId) {
    List<TypeUpdate> both =
        List.of(
            new UpdateMessageID(sent.message().id(), randomId),
            new UpdateNewMessage(views.message(me, sent.message()), sent.pts(), 1));
    return updates.bundle(me, both, new MentionedPeers(world, views, me).with(me), 0);
  }

  private static TypeUpdates inShort(World.Sent sent) {
    List<Entity> entities = sent.message().entities();
    return UpdateShortSentMessage.builder()
        .out(true)
        .id(sent.message().id())
        .pts(sent.pts())
        .ptsCount(1)
        .date(sent.message().date())
        .entities(entities.isEmpty() ? null : Entities.write(entities))
        .build();
  }

  private void requireReplied(UserId me, Peer peer, Messages.SendMessage call) {
    if (call.replyTo() instanceof InputReplyToMessage reply) {
      List<Integer> id = List.of(reply.replyToMsgId());
      boolean there =
          switch (peer) {
            case ChannelId channel -> !world.posts(channel, id).isEmpty();
            case UserId user -> !world.messages(me, id).isEmpty();
          };
      if (!there) {
        throw RpcErrorException.badRequest("REPLY_MESSAGE_ID_INVALID");
      }
    }
  }
}
