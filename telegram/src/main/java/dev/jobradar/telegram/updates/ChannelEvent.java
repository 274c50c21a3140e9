package dev.jobradar.telegram.updates;

import dev.jobradar.mtproto.MtprotoException;
import dev.jobradar.telegram.updates.GapBuffer.Step;

/** What happens to a {@link ChannelState}. */
sealed interface ChannelEvent {
  /** Something was pushed while no call is under way. */
  record Pushed(Step step) implements ChannelEvent {}

  /** Something is missing, or it is time to poll. */
  record Asked() implements ChannelEvent {}

  /** Nothing has come for a long time: the difference is to be asked for, even if it failed. */
  record CheckDue() implements ChannelEvent {}

  /** The state's call was answered. */
  record Answered(Object answer) implements ChannelEvent {}

  /**
   * The state's call failed.
   *
   * @param lasting whether it has failed for so long that it counts as a stall
   */
  record Failed(MtprotoException why, boolean lasting) implements ChannelEvent {}
}
