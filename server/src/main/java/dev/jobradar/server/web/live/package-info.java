/**
 * Live: tells the pages that a person has open what has just happened to them, by server-sent
 * events. Events are not kept for pages that are not connected: a page reloads its data whenever it
 * connects.
 */
@NullMarked
package dev.jobradar.server.web.live;

import org.jspecify.annotations.NullMarked;
