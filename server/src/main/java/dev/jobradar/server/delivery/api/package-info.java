/** {@code /api/deliveries}: how sending stands. */
@NullMarked
package dev.jobradar.server.delivery.api;

import org.jspecify.annotations.NullMarked;
