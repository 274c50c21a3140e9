package dev.jobradar.sandbox.rpc;

import dev.jobradar.sandbox.world.ChannelInfo;
import dev.jobradar.sandbox.world.Peer;
import dev.jobradar.sandbox.world.RpcErrorException;
import dev.jobradar.sandbox.world.UserId;
import dev.jobradar.sandbox.world.World;
import dev.jobradar.tl.api.TypePeer;
import dev.jobradar.tl.api.contacts.Blocked;
import dev.jobradar.tl.api.contacts.Contacts;
import dev.jobradar.tl.api.contacts.Found;
import dev.jobradar.tl.api.contacts.ResolvedPeer;
import dev.jobradar.tl.api.contacts.TopPeersDisabled;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The {@code contacts.} methods. Accounts have no contacts here. */
final class ContactMethods {

  /** What Telegram lets a public name consist of (api/links), collectible ones among them. */
  static final Pattern USERNAME = Pattern.compile("[A-Za-z](?:_?[A-Za-z0-9]){3,31}");

  private static final int MAX_FOUND = 50;

  private final World world;
  private final Views views;

  ContactMethods(World world, Views views) {
    this.world = world;
    this.views = views;
  }

  void register(MethodTable methods) {
    methods.signedIn(
        dev.jobradar.tl.api.method.Contacts.ResolveUsername.class,
        (call, caller) -> resolve(caller.me(), call.username()));
    methods.signedIn(
        dev.jobradar.tl.api.method.Contacts.ResolvePhone.class,
        (call, caller) -> resolvePhone(caller.me(), call.phone()));
    methods.signedIn(
        dev.jobradar.tl.api.method.Contacts.Search.class,
        (call, caller) -> search(caller.me(), call.q(), call.limit()));
    methods.signedIn(
        dev.jobradar.tl.api.method.Contacts.GetContacts.class,
        (call, caller) -> new Contacts(List.of(), 0, List.of()));
    methods.signedIn(
        dev.jobradar.tl.api.method.Contacts.GetContactIDs.class, (call, caller) -> List.of());
    methods.signedIn(
        dev.jobradar.tl.api.method.Contacts.GetStatuses.class, (call, caller) -> List.of());
    methods.signedIn(
        dev.jobradar.tl.api.method.Contacts.GetBlocked.class,
        (call, caller) -> new Blocked(List.of(), List.of(), List.of()));
    methods.signedIn(
        dev.jobradar.tl.api.method.Contacts.GetTopPeers.class,
        (call, caller) -> new TopPeersDisabled());
  }

  private ResolvedPeer resolve(UserId me, String typed) {
    String username = typed.startsWith("@") ? typed.substring(1) : typed;
    if (!USERNAME.matcher(username).matches()) {
      throw RpcErrorException.badRequest("USERNAME_INVALID");
    }
    Peer peer =
        world
            .byUsername(username)
            .orElseThrow(() -> RpcErrorException.badRequest("USERNAME_NOT_OCCUPIED"));
    return resolved(me, peer);
  }

  private ResolvedPeer resolvePhone(UserId me, String phone) {
    var user =
        world
            .userByPhone(phone.replace("+", ""))
            .orElseThrow(() -> RpcErrorException.badRequest("PHONE_NOT_OCCUPIED"));
    return resolved(me, user.id());
  }

  private ResolvedPeer resolved(UserId me, Peer peer) {
    MentionedPeers cast = new MentionedPeers(world, views, me).with(peer);
    return new ResolvedPeer(Views.peer(peer), cast.chats(), cast.users());
  }

  private Found search(UserId me, String query, int limit) {
    String wanted = query.strip().toLowerCase(Locale.ROOT);
    if (wanted.length() < 3) {
      throw RpcErrorException.badRequest("QUERY_TOO_SHORT");
    }
    MentionedPeers cast = new MentionedPeers(world, views, me);
    List<TypePeer> joined = new ArrayList<>();
    List<TypePeer> others = new ArrayList<>();
    world.channels().stream()
        .filter(channel -> fits(channel, wanted))
        .limit(Math.clamp(limit, 1, MAX_FOUND))
        .forEach(channel -> {
          cast.with(channel);
          boolean mine = world.joined(me, channel.id());
          (mine ? joined : others).add(Views.peer(channel.id()));
        });
    return new Found(joined, others, cast.chats(), cast.users());
  }

  private static boolean fits(ChannelInfo channel, String wanted) {
    String username = channel.username();
    return username != null
        && (username.toLowerCase(Locale.ROOT).contains(wanted)
            || channel.title().toLowerCase(Locale.ROOT).contains(wanted));
  }
}
