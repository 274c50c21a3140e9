@NullMarked
package dev.jobradar.server.web.stats;

import org.jspecify.annotations.NullMarked;
