package dev.jobradar.sandbox;

import dev.jobradar.sandbox.event.BadCommandException;
import dev.jobradar.sandbox.event.Command;
import dev.jobradar.sandbox.event.CommandTarget;
import dev.jobradar.sandbox.event.Event;
import dev.jobradar.sandbox.fault.Aim;
import dev.jobradar.sandbox.fault.StandingFault;
import dev.jobradar.sandbox.state.OwnerOnly;
import dev.jobradar.sandbox.world.ChannelId;
import dev.jobradar.sandbox.world.ChannelInfo;
import dev.jobradar.sandbox.world.ChannelSettings;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.Message;
import dev.jobradar.sandbox.world.Post;
import dev.jobradar.sandbox.world.PostContent;
import dev.jobradar.sandbox.world.PublicName;
import dev.jobradar.sandbox.world.RpcErrorException;
import dev.jobradar.sandbox.world.Update;
import dev.jobradar.sandbox.world.User;
import dev.jobradar.sandbox.world.UserId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Executes commands on a sandbox. */
final class SandboxCommands {
  private final Sandbox sandbox;

  SandboxCommands(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /**
   * Executes a command.
   *
   * @return the result
   * @throws BadCommandException when it is refused; nothing was changed then
   */
  Event done(Command command) {
    try {
      return switch (command) {
        case Command.Post post -> posted(post);
        case Command.Album(var channel, var parts) ->
            new Event.PostedTogether(
                channel, sandbox.postTogether(channel, parts).stream().map(Post::id).toList());
        case Command.Delete(var channel, var ids) ->
            done(command, sandbox.delete(channel, ids).size());
        case Command.WebPageCame(var channel, int id, var page) ->
            new Event.Posted(channel, sandbox.webPageCame(channel, id, page).id());
        case Command.Views(var channel, int id, int views) ->
            new Event.Posted(channel, sandbox.seen(channel, id, views).id());
        case Command.MakeChannel make -> made(make);
        case Command.SetChannel(var channel, var change) -> {
          sandbox.setChannel(channel, settings(change));
          yield channel(channel);
        }
        case Command.Membership(var target, var channel, boolean joins) -> {
          setMembership(target, channel, joins);
          yield done(command, 1);
        }
        case Command.Accounts accounts -> accounts(accounts);
        case Command.Stats() -> sandbox.stats();
        case Command.SetFault set -> {
          StandingFault fault = set(set);
          yield new Event.FaultSet(fault.id(), fault.fault().name());
        }
        case Command.ClearFaults(long id) -> done(command, cleared(id));
        case Command.ListFaults() -> faults();
        case Command.Drop(var target, boolean reset) ->
            done(command, reset ? sandbox.reset(aim(target)) : sandbox.drop(aim(target)));
        case Command.Edit(var channel, int id, var change) ->
            new Event.Posted(channel, sandbox.edit(channel, id, change).id());
        case Command.PostsPerMinute(int rate) -> {
          sandbox.postsPerMinute(rate);
          yield done(command, rate);
        }
        case Command.Stop(int dc, var family) -> {
          if (family == null) {
            sandbox.stopListening(dc);
          } else {
            sandbox.stopListening(dc, family);
          }
          yield done(command, 1);
        }
        case Command.Start(int dc) -> {
          sandbox.startListening(dc);
          yield done(command, 1);
        }
        case Command.Restart(int dc) -> {
          sandbox.restart(dc);
          yield done(command, 1);
        }
        case Command.Revoke(var target, int code, var error) ->
            done(command, revoked(target, code, error));
        case Command.Move(var target, int dc) -> {
          sandbox.move(Objects.requireNonNull(account(target), "required by the parser"), dc);
          yield done(command, 1);
        }
        case Command.NewSession(var target) -> done(command, sandbox.resetSessions(aim(target)));
        case Command.UpdatesTooLong(var target) ->
            done(command, sandbox.sendUpdatesTooLong(aim(target)));
        case Command.Rename(var channel, var names, var inactive) -> {
          Stream<PublicName> active = names.stream().map(name -> new PublicName(name, true));
          Stream<PublicName> others = inactive.stream().map(name -> new PublicName(name, false));
          sandbox.rename(channel, Stream.concat(active, others).toList());
          yield done(command, 1);
        }
        case Command.SwapNames(var channel, var with) -> {
          sandbox.swapNames(channel, with);
          yield done(command, 2);
        }
        case Command.SetPts(var target, int pts) -> {
          setPts(target, pts);
          yield done(command, 1);
        }
        case Command.Messages(var target, var peer, int limit) -> messages(target, peer, limit);
        case Command.Channel(var channel) -> channel(channel);
        case Command.Connections(var target) -> connections(account(target));
      };
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new BadCommandException(String.valueOf(e.getMessage()));
    } catch (RpcErrorException e) {
      throw new BadCommandException("the sandbox would answer a client with " + e.name());
    }
  }

  private Event posted(Command.Post post) {
    CommandTarget by = post.by();
    UserId author = by == null ? null : account(by);
    PostContent content = author == null ? post.content() : post.content().by(author);
    int date = post.date() == 0 ? sandbox.world().now() : post.date();
    return new Event.Posted(post.channel(), sandbox.post(post.channel(), content, date).id());
  }

  private Event made(Command.MakeChannel make) {
    ChannelId id =
        sandbox.makeChannel(
            make.channel(), make.audience(), make.joinedByNew(), settings(make.change()));
    return channel(make.channel() == null ? Long.toString(id.value()) : make.channel());
  }

  private ChannelSettings settings(Command.ChannelChange change) {
    String linked = change.linkedTo();
    return new ChannelSettings(
        change.title(),
        change.about(),
        change.group(),
        change.noForwards(),
        linked == null ? null : sandbox.channel(linked));
  }

  private void setMembership(CommandTarget target, String channel, boolean joins) {
    UserId user = Objects.requireNonNull(account(target), "required by the parser");
    ChannelId id = sandbox.channel(channel);
    if (joins) {
      sandbox.world().join(user, id, null);
    } else {
      sandbox.world().leave(user, id, null);
    }
  }

  private static Event done(Command command, int count) {
    return new Event.Done(command.name(), count);
  }

  private Event accounts(Command.Accounts command) {
    try {
      OwnerOnly.write(
          command.file(),
          () ->
              sandbox.readyAccounts(command.count()).stream()
                  .map(account -> command.described() ? described(account) : account.session())
                  .collect(Collectors.joining("\n", "", "\n")));
      return new Event.Accounts(command.count(), command.file().toString());
    } catch (IOException e) {
      throw new BadCommandException("the file cannot be written: " + e.getMessage());
    }
  }

  private static String described(ReadyAccount account) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("user_id", account.user().value());
    fields.put("phone", account.phone());
    fields.put("session", account.session());
    return JsonMapper.shared().writeValueAsString(fields);
  }

  private StandingFault set(Command.SetFault set) {
    Aim aim = aim(set.target());
    if (set.time().isZero()) {
      return sandbox.faults().set(set.fault(), aim, set.times());
    }
    if (set.times() != StandingFault.ALWAYS) {
      throw new BadCommandException("a fault ends by 'times' or by 'for_seconds', not by both");
    }
    return sandbox.faults().set(set.fault(), aim, set.time());
  }

  private void setPts(CommandTarget target, int pts) {
    String channel = target.channel();
    if (channel == null) {
      sandbox.setPts(Objects.requireNonNull(account(target), "required by the parser"), pts);
    } else {
      sandbox.setPts(channel, pts);
    }
  }

  private int revoked(CommandTarget target, int code, String error) {
    Long key = target.authKeyId();
    if (key != null) {
      sandbox.revoke(new KeyId(key), code, error);
      return 1;
    }
    return sandbox.revoke(
        Objects.requireNonNull(account(target), "required by the parser"), code, error);
  }

  private Event messages(CommandTarget target, @Nullable Long peer, int limit) {
    UserId me = Objects.requireNonNull(account(target), "required by the parser");
    UserId other = peer == null ? me : new UserId(peer);
    List<Event.Message> all =
        sandbox.world().messages(me, other).stream().map(SandboxCommands::message).toList();
    return new Event.Messages(
        me.value(), other.value(), all.subList(Math.max(0, all.size() - limit), all.size()));
  }

  private static Event.Message message(Update.NewMessage update) {
    Message message = update.message();
    return new Event.Message(message.id(), message.date(), message.text(), update.randomId());
  }

  private Event channel(String name) {
    int posts = sandbox.posts(name);
    ChannelInfo info = sandbox.world().channel(sandbox.channel(name)).orElseThrow();
    return new Event.Channel(
        name, info.id().value(), posts, info.topPost(), info.pts(), info.members());
  }

  private Event connections(@Nullable UserId only) {
    return new Event.Connections(
        sandbox.connectionsOfAccounts().entrySet().stream()
            .filter(entry -> only == null || only.equals(entry.getKey()))
            .map(entry ->
                new Event.OfAccount(
                    entry.getKey().value(), entry.getValue().open(), entry.getValue().maxOpen()))
            .sorted(Comparator.comparingLong(Event.OfAccount::userId))
            .toList());
  }

  private int cleared(long id) {
    if (id == 0) {
      return sandbox.faults().clear();
    }
    Optional<StandingFault> fault =
        sandbox.faults().standing().stream().filter(one -> one.id() == id).findFirst();
    fault.ifPresent(StandingFault::close);
    return fault.isPresent() ? 1 : 0;
  }

  private Event faults() {
    return new Event.Faults(
        sandbox.faults().standing().stream()
            .map(one ->
                new Event.Fault(
                    one.id(),
                    one.fault().name(),
                    one.left() == StandingFault.ALWAYS ? null : one.left(),
                    one.struck()))
            .toList());
  }

  private Aim aim(CommandTarget target) {
    Long key = target.authKeyId();
    String channel = target.channel();
    return new Aim(
        key == null ? null : new KeyId(key),
        account(target),
        target.dc(),
        target.method(),
        channel == null ? null : sandbox.channel(channel));
  }

  /** The account that is meant; null for any. */
  private @Nullable UserId account(CommandTarget target) {
    Long id = target.userId();
    String phone = target.phone();
    if (id != null && phone != null) {
      throw new BadCommandException("an account is named by 'user_id' or by 'phone', not by both");
    }
    if (id != null) {
      return known(sandbox.world().user(new UserId(id)));
    }
    return phone == null
        ? null
        : known(sandbox.world().userByPhone(phone.replaceAll("[^0-9]", "")));
  }

  private static UserId known(Optional<User> user) {
    return user.map(User::id)
        .orElseThrow(() -> new BadCommandException("there is no such account"));
  }
}
