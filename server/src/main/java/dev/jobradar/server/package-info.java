/** The JobRadar service. */
@NullMarked
package dev.jobradar.server;

import org.jspecify.annotations.NullMarked;
