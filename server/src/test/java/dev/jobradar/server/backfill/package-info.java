@NullMarked
package dev.jobradar.server.backfill;

import org.jspecify.annotations.NullMarked;
