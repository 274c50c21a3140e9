/**
 * Updates in order: what was pushed, what a difference brought and what only the history has, made
 * into one stream per channel and one for the rest of the account (core.telegram.org/api/updates).
 *
 * <p>{@link dev.jobradar.telegram.updates.UpdateEngine} decides and does nothing: no socket, thread
 * or clock. The loop around it, for one account:
 *
 * <pre>{@code
 * wait for an input, at most until engine.nextWakeUp()
 * hand it in: connected, disconnected, gap, received, result, answered, failed, watch, tick
 * for each effect of engine.takeEffects(), in order:
 *   Call                         call it on a thread of its own; its outcome is an input
 *   Post, Common, CommonSkipped  handle it and store its position, in one transaction
 *   MessagesPassedOver           as a post: handle it and store its position
 *   ChannelMoved, CommonMoved    store its position, now or never
 *   UpdateModeChanged, WatchEnded      tell whom it concerns
 * }</pre>
 *
 * <ul>
 *   <li>Nothing has to run while there is no input: a thread is needed from an input until its
 *       effects are done, and a timer for {@code nextWakeUp()}. An account that polls nothing wakes
 *       up every 15 minutes, and once in that time for each silent channel.
 *   <li>Inputs that wait for their turn must be bounded. When there is no room for updates, drop
 *       them and hand in {@code gap} in their place.
 *   <li>The effects of one input are done before the next one is handed in, and a call is not begun
 *       before the effects above it are done. What is in memory is then a page at a time, however
 *       much there is to catch up on.
 *   <li>When a position cannot be stored, stop: go on with a new engine from the stored positions,
 *       or {@code unwatch} and {@code watch} the one channel from its own.
 *   <li>When the connection is closed for good, so is the engine: it would only repeat its calls.
 *   <li>Calls may be repeated by the connection; they only read. A call fails by its time-out when
 *       nothing else comes: {@code answered} or {@code failed} must follow each, or its box waits
 *       for ever.
 * </ul>
 *
 * <p>{@link dev.jobradar.telegram.updates.UpdateBootstrap} is the engine together with what has to
 * be asked before it begins; {@code TelegramClient.updates()} is the loop.
 *
 * <p><b>A restart.</b> {@code new UpdateEngine(self, storedCommonPosition, now)}; {@code watch}
 * with its stored position for each channel that was watched when that common position was stored;
 * {@code connected}; {@code watch} for the others. Whether a channel is joined may have changed
 * meanwhile: ask {@code channels.getChannels} for those that are pushed and hand the answer to
 * {@code seen}.
 *
 * <p><b>What it costs.</b> 200 bytes an account and 100 a watched channel while nothing happens. No
 * more than 256 updates are kept back for an account, whatever comes. Of channels that nobody
 * watches nothing is kept at all.
 */
@NullMarked
package dev.jobradar.telegram.updates;

import org.jspecify.annotations.NullMarked;
