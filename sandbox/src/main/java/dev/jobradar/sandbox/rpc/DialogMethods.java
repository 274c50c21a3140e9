package dev.jobradar.sandbox.rpc;

import dev.jobradar.sandbox.world.ChannelId;
import dev.jobradar.sandbox.world.ChannelInfo;
import dev.jobradar.sandbox.world.Dialog;
import dev.jobradar.sandbox.world.Peer;
import dev.jobradar.sandbox.world.Post;
import dev.jobradar.sandbox.world.RpcErrorException;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.sandbox.world.World;
import dev.jobradar.tl.api.DialogFilterDefault;
import dev.jobradar.tl.api.InputDialogPeer;
import dev.jobradar.tl.api.InputPeerEmpty;
import dev.jobradar.tl.api.PeerSettings;
import dev.jobradar.tl.api.TypeInputDialogPeer;
import dev.jobradar.tl.api.TypeMessage;
import dev.jobradar.tl.api.messages.AvailableReactions;
import dev.jobradar.tl.api.messages.Chats;
import dev.jobradar.tl.api.messages.DialogFilters;
import dev.jobradar.tl.api.messages.Dialogs;
import dev.jobradar.tl.api.messages.DialogsNotModified;
import dev.jobradar.tl.api.messages.DialogsSlice;
import dev.jobradar.tl.api.messages.PeerDialogs;
import dev.jobradar.tl.api.messages.SavedDialogs;
import dev.jobradar.tl.api.messages.TypeDialogs;
import dev.jobradar.tl.api.method.Messages;
import java.util.ArrayList;
import java.util.List;

/** The methods about the list of chats. Nothing is pinned, archived or in a folder here. */
final class DialogMethods {

  private static final int MAX_LIMIT = 100;
  private static final int DEFAULT_LIMIT = 20;

  private final World world;
  private final Views views;
  private final UpdateViews updates;
  private final Peers peers;

  DialogMethods(World world, Views views, UpdateViews updates, Peers peers) {
    this.world = world;
    this.views = views;
    this.updates = updates;
    this.peers = peers;
  }

  void register(MethodTable methods) {
    methods.signedIn(Messages.GetDialogs.class, (call, caller) -> dialogs(caller.me(), call));
    methods.signedIn(
        Messages.GetPeerDialogs.class, (call, caller) -> byPeer(caller.me(), call.peers()));
    methods.signedIn(
        Messages.GetPinnedDialogs.class,
        (call, caller) -> new Page(caller.me(), List.of()).withState());
    methods.signedIn(
        Messages.GetDialogFilters.class,
        (call, caller) -> new DialogFilters(false, List.of(new DialogFilterDefault())));
    methods.signedIn(Messages.GetSuggestedDialogFilters.class, (call, caller) -> List.of());
    methods.signedIn(Messages.GetDialogUnreadMarks.class, (call, caller) -> List.of());
    methods.signedIn(
        Messages.GetPinnedSavedDialogs.class,
        (call, caller) -> new SavedDialogs(List.of(), List.of(), List.of(), List.of()));
    methods.signedIn(
        Messages.GetSavedDialogs.class,
        (call, caller) -> new SavedDialogs(List.of(), List.of(), List.of(), List.of()));
    methods.signedIn(Messages.GetPeerSettings.class, (call, caller) -> settings(caller.me(), call));
    methods.signedIn(Messages.HidePeerSettingsBar.class, (call, caller) -> true);
    methods.signedIn(
        Messages.GetAllDrafts.class,
        (call, caller) ->
            updates.bundle(
                caller.me(), List.of(), new MentionedPeers(world, views, caller.me()), 0));
    methods.signedIn(Messages.SaveDraft.class, (call, caller) -> true);
    methods.signedIn(
        Messages.GetAvailableReactions.class,
        (call, caller) -> new AvailableReactions(1, List.of()));
    methods.refused(Messages.GetChats.class, "CHAT_ID_INVALID");
    methods.refused(Messages.GetFullChat.class, "CHAT_ID_INVALID");
    methods.refused(Messages.CheckChatInvite.class, "INVITE_HASH_EXPIRED");
    methods.signedIn(Messages.GetCommonChats.class, (call, caller) -> new Chats(List.of()));
  }

  private TypeDialogs dialogs(UserId me, Messages.GetDialogs call) {
    if (call.folderId() != null && call.folderId() != 0) {
      if (call.folderId() == 1) {
        return new Page(me, List.of()).whole();
      }
      throw RpcErrorException.badRequest("FOLDER_ID_INVALID");
    }
    List<Dialog> all = world.dialogs(me);
    int limit = call.limit() <= 0 ? DEFAULT_LIMIT : Math.min(call.limit(), MAX_LIMIT);
    List<Dialog> page = all.stream().skip(start(me, all, call)).limit(limit).toList();
    if (call.hash() != 0 && call.hash() == ResultHash.of(page.stream().mapToLong(Dialog::top))) {
      return new DialogsNotModified(all.size());
    }
    return page.size() == all.size()
        ? new Page(me, page).whole()
        : new Page(me, page).slice(all.size());
  }

  /** How many dialogs come before the page: down to and with the one that the offset names. */
  private int start(UserId me, List<Dialog> all, Messages.GetDialogs call) {
    if (!(call.offsetPeer() instanceof InputPeerEmpty)) {
      Peer peer = peers.peer(me, call.offsetPeer());
      for (int i = 0; i < all.size(); i++) {
        if (all.get(i).peer().equals(peer)) {
          return i + 1;
        }
      }
    }
    if (call.offsetDate() <= 0) {
      return 0;
    }
    return (int) all.stream().takeWhile(dialog -> dialog.date() >= call.offsetDate()).count();
  }

  private PeerDialogs byPeer(UserId me, List<TypeInputDialogPeer> inputs) {
    List<Dialog> dialogs = new ArrayList<>();
    for (TypeInputDialogPeer input : inputs) {
      if (!(input instanceof InputDialogPeer(var peer))) {
        throw RpcErrorException.badRequest("PEER_ID_INVALID");
      }
      dialogs.add(world.dialog(me, peers.peer(me, peer)));
    }
    return new Page(me, dialogs).withState();
  }

  private dev.jobradar.tl.api.messages.PeerSettings settings(
      UserId me, Messages.GetPeerSettings call) {
    MentionedPeers cast = new MentionedPeers(world, views, me).with(peers.peer(me, call.peer()));
    return new dev.jobradar.tl.api.messages.PeerSettings(
        PeerSettings.builder().build(), cast.chats(), cast.users());
  }

  /** Dialogs with their newest messages and those who are in them. */
  private final class Page {
    private final UserId me;
    private final List<dev.jobradar.tl.api.TypeDialog> dialogs = new ArrayList<>();
    private final List<TypeMessage> messages = new ArrayList<>();
    private final MentionedPeers cast;

    Page(UserId me, List<Dialog> page) {
      this.me = me;
      this.cast = new MentionedPeers(world, views, me);
      for (Dialog dialog : page) {
        dialogs.add(views.dialog(dialog));
        cast.with(dialog.peer());
        addTop(dialog);
      }
    }

    private void addTop(Dialog dialog) {
      List<Integer> top = List.of(dialog.top());
      switch (dialog.peer()) {
        case ChannelId id -> {
          ChannelInfo channel = world.channel(id).orElseThrow();
          for (Post post : world.posts(id, top)) {
            messages.add(views.post(me, channel, post));
            cast.with(channel, post);
          }
        }
        case UserId id -> {
          cast.with(me);
          world.messages(me, top).forEach(message -> messages.add(views.message(me, message)));
        }
      }
    }

    Dialogs whole() {
      return new Dialogs(dialogs, messages, cast.chats(), cast.users());
    }

    DialogsSlice slice(int count) {
      return new DialogsSlice(count, dialogs, messages, cast.chats(), cast.users());
    }

    PeerDialogs withState() {
      return new PeerDialogs(
          dialogs, messages, cast.chats(), cast.users(), Views.state(world.state(me)));
    }
  }
}
