/** What a person has, in figures. */
@NullMarked
package dev.jobradar.server.stats;

import org.jspecify.annotations.NullMarked;
