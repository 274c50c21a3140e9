/** Signing in and out over HTTP: {@code /api/auth} and {@code /api/logout}. */
@NullMarked
package dev.jobradar.server.web.signin;

import org.jspecify.annotations.NullMarked;
