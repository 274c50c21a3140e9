package dev.jobradar.sandbox.world;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account. A process may hold tens of thousands: what is empty for most is null until it is
 * needed. Guarded by the world's lock.
 */
final class Account {

  final UserId id;
  final List<Membership> memberships = new ArrayList<>(0);
  final List<Subscriber> subscribers = new ArrayList<>(0);
  final List<KeyId> keys = new ArrayList<>(0);
  @Nullable Box box;

  /** Counts the updates that have no position of their own. */
  int seq = 1;

  private User user;

  Account(User user) {
    this.id = user.id();
    this.user = user;
  }

  User user() {
    return user;
  }

  void rename(Change.Renamed change) {
    user =
        new User(
            id,
            user.phone(),
            change.firstName(),
            change.lastName(),
            change.username(),
            user.homeDc(),
            user.twoStep(),
            user.createdAt());
  }

  Box box() {
    Box present = box;
    if (present == null) {
      present = new Box();
      box = present;
    }
    return present;
  }

  @Nullable Membership in(Channel channel) {
    for (Membership membership : memberships) {
      if (membership.channel == channel) {
        return membership;
      }
    }
    return null;
  }
}
