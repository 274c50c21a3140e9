/**
 * Monitoring: says which channels of which users are watched, from start-up on, and hears what
 * comes from them. {@link dev.jobradar.server.monitoring.SubscriptionPlanner} decides for one user
 * at a time; {@link dev.jobradar.server.monitoring.Monitoring} says when.
 */
@NullMarked
package dev.jobradar.server.monitoring;

import org.jspecify.annotations.NullMarked;
