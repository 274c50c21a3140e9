package dev.jobradar.server.filter;

/**
 * One keyword of a task.
 *
 * @param keyword as it was given
 */
record KeywordGroup(String keyword, Expression expression) {}
