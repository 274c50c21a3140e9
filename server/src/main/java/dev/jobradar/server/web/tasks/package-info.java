/**
 * Tasks over HTTP: what a person may enter, what is found out about the sources they name, and what
 * they are told of both; and what keywords would have caught among the last posts.
 */
@NullMarked
package dev.jobradar.server.web.tasks;

import org.jspecify.annotations.NullMarked;
