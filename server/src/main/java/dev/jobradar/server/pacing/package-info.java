/**
 * When it is whose turn: work per user on a bounded number of threads, and the waits that Telegram
 * asks for. Nobody waits here for somebody else.
 */
@NullMarked
package dev.jobradar.server.pacing;

import org.jspecify.annotations.NullMarked;
