package dev.jobradar.server.signin;

import dev.jobradar.clients.UserId;

/**
 * A browser in which this user has signed in before.
 *
 * @param id our own number
 */
public record Device(long id, UserId user) {}
