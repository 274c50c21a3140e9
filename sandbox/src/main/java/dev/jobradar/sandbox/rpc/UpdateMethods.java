package dev.jobradar.sandbox.rpc;

import dev.jobradar.sandbox.fault.Fault;
import dev.jobradar.sandbox.fault.Faults;
import dev.jobradar.sandbox.world.BoxState;
import dev.jobradar.sandbox.world.ChannelDifference;
import dev.jobradar.sandbox.world.ChannelInfo;
import dev.jobradar.sandbox.world.Difference;
import dev.jobradar.sandbox.world.Update;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.sandbox.world.World;
import dev.jobradar.tl.TlMethod;
import dev.jobradar.tl.api.TypeMessage;
import dev.jobradar.tl.api.TypeUpdate;
import dev.jobradar.tl.api.UpdateChannelTooLong;
import dev.jobradar.tl.api.UpdateMessageID;
import dev.jobradar.tl.api.method.Updates;
import dev.jobradar.tl.api.updates.ChannelDifferenceEmpty;
import dev.jobradar.tl.api.updates.ChannelDifferenceTooLong;
import dev.jobradar.tl.api.updates.DifferenceEmpty;
import dev.jobradar.tl.api.updates.DifferenceSlice;
import dev.jobradar.tl.api.updates.DifferenceTooLong;
import dev.jobradar.tl.api.updates.TypeChannelDifference;
import dev.jobradar.tl.api.updates.TypeDifference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code updates.} methods: what a client missed (api/updates). */
final class UpdateMethods {

  /** For channels that are pushed anyway: look again only if the pushes have stopped. */
  private static final int JOINED_TIMEOUT = 30;

  private final World world;
  private final Views views;
  private final UpdateViews updates;
  private final Peers peers;
  private final Faults faults;

  UpdateMethods(World world, Views views, UpdateViews updates, Peers peers, Faults faults) {
    this.faults = faults;
    this.world = world;
    this.views = views;
    this.updates = updates;
    this.peers = peers;
  }

  void register(MethodTable methods) {
    methods.signedIn(
        Updates.GetState.class, (call, caller) -> Views.state(world.state(caller.me())));
    methods.signedIn(Updates.GetDifference.class, this::difference);
    methods.signedIn(Updates.GetChannelDifference.class, this::channelDifference);
  }

  private TypeDifference difference(Updates.GetDifference call, Caller caller) {
    UserId me = caller.me();
    if (faults.strike(Fault.DifferenceTooLong.class, () -> caller.place(call)) != null) {
      return new DifferenceTooLong(world.state(me).pts());
    }
    if (faults.strike(Fault.DifferenceEmpty.class, () -> caller.place(call)) != null) {
      BoxState now = world.state(me);
      return new DifferenceEmpty(now.date(), now.seq());
    }
    Fault.ShortPages pages = faults.strike(Fault.ShortPages.class, () -> caller.place(call));
    int limit = pages == null ? orZero(call.ptsLimit()) : pages.most();
    int total = orZero(call.ptsTotalLimit());
    return switch (world.difference(me, call.pts(), call.date(), limit, total)) {
      case Difference.Empty(int date, int seq) -> new DifferenceEmpty(date, seq);
      case Difference.TooLong(int pts) -> new DifferenceTooLong(pts);
      case Difference.Part part -> part(me, part);
    };
  }

  private TypeDifference part(UserId me, Difference.Part part) {
    MentionedPeers cast = new MentionedPeers(world, views, me);
    List<TypeMessage> messages = new ArrayList<>();
    List<TypeUpdate> others = new ArrayList<>();
    for (Update.OfBox update : part.updates()) {
      updates.addTo(cast, me, update);
      if (update instanceof Update.NewMessage(var message, int pts, long randomId)) {
        messages.add(views.message(me, message));
        if (randomId != 0) {
          others.add(new UpdateMessageID(message.id(), randomId));
        }
      } else {
        others.add(updates.update(me, update));
      }
    }
    for (ChannelInfo channel : part.behind()) {
      cast.with(channel);
      others.add(new UpdateChannelTooLong(channel.id().value(), channel.pts()));
    }
    BoxState state = part.state();
    return part.complete()
        ? new dev.jobradar.tl.api.updates.Difference(
            messages, List.of(), others, cast.chats(), cast.users(), Views.state(state))
        : new DifferenceSlice(
            messages, List.of(), others, cast.chats(), cast.users(), Views.state(state));
  }

  private TypeChannelDifference channelDifference(
      Updates.GetChannelDifference call, Caller caller) {
    UserId me = caller.me();
    ChannelInfo channel = peers.channel(me, call.channel());
    boolean joined = world.joined(me, channel.id());
    int timeout = joined ? JOINED_TIMEOUT : world.options().shortPollSeconds();
    MentionedPeers cast = new MentionedPeers(world, views, me).with(channel);
    boolean tooLong =
        faults.strike(Fault.ChannelDifferenceTooLong.class, () -> caller.place(call)) != null;
    ChannelDifference difference =
        tooLong
            ? world.channelTooLong(me, channel.id(), call.limit())
            : world.channelDifference(
                me, channel.id(), call.pts(), call.limit(), mostUpdates(call, caller));
    return switch (difference) {
      case ChannelDifference.Empty(int pts) -> new ChannelDifferenceEmpty(true, pts, timeout);
      case ChannelDifference.TooLong(var dialog, int pts, var newest) -> {
        newest.forEach(post -> cast.with(channel, post));
        yield new ChannelDifferenceTooLong(
            true,
            timeout,
            views.dialog(dialog).toBuilder().pts(pts).build(),
            newest.stream().map(post -> views.post(me, channel, post)).toList(),
            cast.chats(),
            cast.users());
      }
      case ChannelDifference.Part part -> part(me, channel, part, timeout, cast);
    };
  }

  private int mostUpdates(TlMethod<?> call, Caller caller) {
    Fault.ShortPages pages = faults.strike(Fault.ShortPages.class, () -> caller.place(call));
    return pages == null ? world.options().channelSlice() : pages.most();
  }

  private TypeChannelDifference part(
      UserId me,
      ChannelInfo channel,
      ChannelDifference.Part part,
      int timeout,
      MentionedPeers cast) {
    List<TypeMessage> messages = new ArrayList<>();
    List<TypeUpdate> others = new ArrayList<>();
    for (Update.OfChannel update : part.updates()) {
      updates.addTo(cast, me, update);
      if (update instanceof Update.NewPost(var id, var post, int pts, var sender)) {
        messages.add(views.post(me, channel, post));
        if (sender != null && sender.user().equals(me)) {
          others.add(new UpdateMessageID(post.id(), sender.randomId()));
        }
      } else {
        others.add(updates.update(me, update));
      }
    }
    return new dev.jobradar.tl.api.updates.ChannelDifference(
        part.complete(), part.pts(), timeout, messages, others, cast.chats(), cast.users());
  }

  private static int orZero(@Nullable Integer number) {
    return number == null ? 0 : number;
  }
}
