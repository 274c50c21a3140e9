/**
 * Whether this process does its work: features say what they look at by a {@code HealthCheck}, and
 * readiness, meters and the log tell what was found.
 */
@NullMarked
package dev.jobradar.server.health;

import org.jspecify.annotations.NullMarked;
