package dev.jobradar.mtproto.transport;

/**
 * Both directions of one connection. The two share nothing: one thread may read while another
 * writes.
 *
 * @param decoder for what the other side sends
 * @param encoder for what this side sends
 */
public record Codec(FrameDecoder decoder, FrameEncoder encoder) {}
