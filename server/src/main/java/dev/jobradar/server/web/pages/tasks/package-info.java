/**
 * The pages of tasks: the list, the form with its preview, a task and the search of its history.
 */
@NullMarked
package dev.jobradar.server.web.pages.tasks;

import org.jspecify.annotations.NullMarked;
