/**
 * How people sign in to JobRadar and out of it, both ways: with a code that Telegram sends, and
 * from the second time on with one of ours in their Saved Messages, which works only in the browser
 * that asked for it.
 *
 * <p>Attempts are limited by network and by account; a browser that has signed in before has limits
 * of its own, so that strangers cannot lock it out ({@code docs/security.md}).
 *
 * <p>Others hear of it by {@link dev.jobradar.server.signin.UserSignedIn}, {@link
 * dev.jobradar.server.signin.UserLoggedOut} and {@link
 * dev.jobradar.server.signin.TelegramDisconnected}, published when it is done.
 */
@NullMarked
package dev.jobradar.server.signin;

import org.jspecify.annotations.NullMarked;
