/**
 * What one Telegram account can do, over one connection: {@link
 * dev.jobradar.telegram.TelegramClient}.
 *
 * <p>What is new in the account and in channels comes through {@link
 * dev.jobradar.telegram.AccountUpdates}, in order and without gaps:
 *
 * <pre>{@code
 * client.updates().start(storedPosition, watches, listener);
 * }</pre>
 *
 * <p>{@code signin} leads from a phone number to a signed-in client, {@code session} holds what is
 * worth storing of one and its forms in other libraries, {@code proxy} the ways around a blocked
 * network, and {@code updates} puts posts in order and closes gaps.
 */
@NullMarked
package dev.jobradar.telegram;

import org.jspecify.annotations.NullMarked;
