package dev.jobradar.sandbox;

import dev.jobradar.sandbox.event.BadCommandException;
import dev.jobradar.sandbox.event.Command;
import dev.jobradar.sandbox.event.Event;
import dev.jobradar.sandbox.event.Whom;
import dev.jobradar.sandbox.fault.Aim;
import dev.jobradar.sandbox.fault.StandingFault;
import dev.jobradar.sandbox.state.OwnerOnly;
import dev.jobradar.sandbox.world.KeyId;
import dev.jobradar.sandbox.world.User;
import dev.jobradar.sandbox.world.UserId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Does to a sandbox what it is told by commands. */
final class SandboxCommands {
  private final Sandbox sandbox;

  SandboxCommands(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /**
   * Does a command.
   *
   * @return what came of it
   * @throws BadCommandException when it cannot be done; nothing of it was
   */
  Event done(Command command) {
    try {
      return switch (command) {
        case Command.Post(var channel, var text) ->
            new Event.Posted(channel, sandbox.post(channel, text).id());
        case Command.Accounts(int count, var file) -> accounts(count, file);
        case Command.Stats() -> sandbox.stats();
        case Command.SetFault set -> {
          StandingFault fault = sandbox.faults().set(set.fault(), aim(set.whom()), set.times());
          yield new Event.FaultSet(fault.id(), fault.fault().name());
        }
        case Command.ClearFaults(long id) -> done(command, cleared(id));
        case Command.ListFaults() -> faults();
        case Command.Drop(var whom, boolean reset) ->
            done(command, reset ? sandbox.reset(aim(whom)) : sandbox.drop(aim(whom)));
      };
    } catch (IllegalArgumentException e) {
      throw new BadCommandException(String.valueOf(e.getMessage()));
    }
  }

  private static Event done(Command command, int count) {
    return new Event.Done(command.name(), count);
  }

  private Event accounts(int count, Path file) {
    try {
      OwnerOnly.write(file, () -> String.join("\n", sandbox.accounts(count)) + "\n");
      return new Event.Accounts(count, file.toString());
    } catch (IOException e) {
      throw new BadCommandException("the file cannot be written: " + e.getMessage());
    }
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

  private Aim aim(Whom whom) {
    Long key = whom.authKeyId();
    return new Aim(key == null ? null : new KeyId(key), account(whom), whom.dc(), whom.method());
  }

  /** The account that is meant; null for any. */
  private @Nullable UserId account(Whom whom) {
    Long id = whom.userId();
    String phone = whom.phone();
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
