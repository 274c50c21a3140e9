/**
 * Signing in to an account: {@link dev.jobradar.telegram.signin.SignIn} leads from a phone number
 * over a code, and where there is one a two-step password, to a signed-in client
 * (core.telegram.org/api/auth).
 */
@NullMarked
package dev.jobradar.telegram.signin;

import org.jspecify.annotations.NullMarked;
