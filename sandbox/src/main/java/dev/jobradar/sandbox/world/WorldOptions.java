package dev.jobradar.sandbox.world;

/**
 * Where the world draws its lines.
 *
 * @param channelGap how far behind a client may be in a channel before the answer is "too long"; 0
 *     for Telegram's rule, which is the limit of the client's own request
 *     (updates.channelDifferenceTooLong)
 * @param channelSlice how many updates one answer for a channel holds at most
 * @param commonSlice how many updates one answer for the common box holds at most
 * @param channelLog how many updates of a channel are remembered at least
 * @param shortPollSeconds how long to wait before asking again about a channel that one has not
 *     joined
 */
public record WorldOptions(
    int channelGap, int channelSlice, int commonSlice, int channelLog, int shortPollSeconds) {

  /** Telegram's lines, as far as they are known. */
  public static final WorldOptions DEFAULT = new WorldOptions(0, 100, 1_000, 10_000, 1);

  public WorldOptions withChannelGap(int gap) {
    return new WorldOptions(gap, channelSlice, commonSlice, channelLog, shortPollSeconds);
  }

  public WorldOptions withChannelSlice(int slice) {
    return new WorldOptions(channelGap, slice, commonSlice, channelLog, shortPollSeconds);
  }

  public WorldOptions withCommonSlice(int slice) {
    return new WorldOptions(channelGap, channelSlice, slice, channelLog, shortPollSeconds);
  }

  public WorldOptions withChannelLog(int log) {
    return new WorldOptions(channelGap, channelSlice, commonSlice, log, shortPollSeconds);
  }
}
