/** Tests of exactly one live Telegram connection per user. */
@NullMarked
package dev.jobradar.clients;

import org.jspecify.annotations.NullMarked;
