/** Micrometer meters of users' clients. Optional: nothing else here needs Micrometer. */
@NullMarked
package dev.jobradar.clients.metrics;

import org.jspecify.annotations.NullMarked;
