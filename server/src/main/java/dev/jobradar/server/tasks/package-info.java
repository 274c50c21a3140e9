/**
 * Tasks: what a user looks for, and where. A task names up to ten sources and the keywords that
 * posts there are matched against; {@link dev.jobradar.server.tasks.TasksChanged} tells the rest of
 * the service when any of it changed.
 */
@NullMarked
package dev.jobradar.server.tasks;

import org.jspecify.annotations.NullMarked;
