@NullMarked
package dev.jobradar.server.web.backfill;

import org.jspecify.annotations.NullMarked;
