package dev.jobradar.clients;

import dev.jobradar.telegram.session.SavedSession;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Shared by all slots of one {@link UserClients}.
 *
 * @param factory makes the client for a sign-in, without opening it
 * @param drain the longest to wait for calls of a client that makes room for another
 * @param backoff how long slots back off after failures
 * @param remove takes a slot out of the map; called with the slot's lock held
 * @param closed whether the pool is closed and opens nothing
 */
record SlotContext(
    SessionStore store,
    BiFunction<UserId, SavedSession, ManagedClient> factory,
    ClientHook hook,
    UserClientsListener listener,
    Time time,
    Duration drain,
    FailureBackoff backoff,
    Consumer<Slot> remove,
    BooleanSupplier closed) {}
