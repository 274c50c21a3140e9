/** Micrometer meters of users' clients, for whoever has Micrometer; nothing else here needs it. */
@NullMarked
package dev.jobradar.clients.metrics;

import org.jspecify.annotations.NullMarked;
