/** What a person has, in figures, over HTTP. */
@NullMarked
package dev.jobradar.server.web.stats;

import org.jspecify.annotations.NullMarked;
