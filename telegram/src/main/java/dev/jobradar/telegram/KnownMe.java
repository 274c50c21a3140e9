package dev.jobradar.telegram;

import dev.jobradar.mtproto.session.Slice;
import dev.jobradar.telegram.session.SavedSession;
import dev.jobradar.telegram.session.SignedInUser;
import dev.jobradar.tl.TlException;
import dev.jobradar.tl.api.InputUserSelf;
import dev.jobradar.tl.api.User;
import dev.jobradar.tl.api.method.Users;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** What a client knows of whose account it is. Thread-safe. */
final class KnownMe {
  /** The first query of a connection with a sign-in. */
  static final Users.GetUsers WHO = new Users.GetUsers(List.of(new InputUserSelf()));

  /** From the session that the client began with, 0 when that did not tell. */
  private final long savedId;

  private volatile @Nullable Me me;

  KnownMe(@Nullable SavedSession session) {
    SignedInUser user = session == null ? null : session.user();
    this.savedId = user == null ? 0 : user.id();
  }

  /** Null before Telegram has told. */
  @Nullable Me me() {
    return me;
  }

  /** The user id, 0 when it is not known without asking. */
  long id() {
    Me known = me;
    return known == null ? savedId : known.id();
  }

  void told(Me now) {
    me = now;
  }

  /** The answer to {@link #WHO}. */
  void told(Slice answer) {
    try {
      if (WHO.readResult(answer.reader()).getFirst() instanceof User self) {
        me = Me.of(self);
      }
    } catch (TlException | NoSuchElementException e) {
      // Packed, or strange: it is asked again when somebody wants to know.
    }
  }
}
