package dev.jobradar.server.web.live;

/**
 * Something to tell.
 *
 * @param name of the kind of event
 * @param data as it is written in JSON
 */
record LiveEvent(String name, Object data) {}
