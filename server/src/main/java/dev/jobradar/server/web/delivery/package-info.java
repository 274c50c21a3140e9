/** The state of deliveries over HTTP, and the texts that explain it. */
@NullMarked
package dev.jobradar.server.web.delivery;

import org.jspecify.annotations.NullMarked;
