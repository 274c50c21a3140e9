/** {@code /api/deliveries}: how sending stands. */
@NullMarked
package dev.jobradar.server.web.delivery;

import org.jspecify.annotations.NullMarked;
