@NullMarked
package dev.jobradar.server.monitoring;

import org.jspecify.annotations.NullMarked;
