/**
 * The bottom of the HTTP layer, which the packages below it share: who is signed in, problem
 * documents in the person's language, and protection against strangers and other sites. The layer
 * stands above all features: they never use it.
 *
 * <p>For controllers: {@link dev.jobradar.server.web.CurrentUser} gives the user, {@link
 * dev.jobradar.server.web.NeedsPlan} asks for a plan that has not run out, and {@link
 * dev.jobradar.server.web.ProblemException} says what went wrong; its words are in {@code
 * messages.properties}.
 */
@NullMarked
package dev.jobradar.server.web;

import org.jspecify.annotations.NullMarked;
