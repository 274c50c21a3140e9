/**
 * The thin blocking shell around one socket that client and server share: frames in, frames out,
 * and the three ways to end a connection.
 */
@NullMarked
package dev.jobradar.mtproto.channel;

import org.jspecify.annotations.NullMarked;
