/** Channels' old posts, read through users' accounts as fast as Telegram allows and no faster. */
@NullMarked
package dev.jobradar.server.history;

import org.jspecify.annotations.NullMarked;
