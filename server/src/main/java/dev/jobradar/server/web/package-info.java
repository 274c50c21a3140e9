/**
 * What every page and every call has in common: who is signed in, problem documents in the person's
 * language, and what keeps strangers and other sites out.
 *
 * <p>For controllers: {@link dev.jobradar.server.web.CurrentUser} gives the user, {@link
 * dev.jobradar.server.web.NeedsPlan} asks for a plan that has not run out, and {@link
 * dev.jobradar.server.web.ProblemException} says what went wrong; its words are in {@code
 * messages.properties}.
 */
@NullMarked
package dev.jobradar.server.web;

import org.jspecify.annotations.NullMarked;
