/**
 * Live: tells the pages that a person has open what has just happened to them, by server-sent
 * events. Nothing is kept for who is not listening: a page reads anew what it shows whenever it
 * connects.
 */
@NullMarked
package dev.jobradar.server.web.live;

import org.jspecify.annotations.NullMarked;
