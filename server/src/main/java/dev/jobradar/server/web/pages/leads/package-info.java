/** Pages of leads, and the overview: {@code /leads}, {@code /overview}, {@code /feeds}. */
@NullMarked
package dev.jobradar.server.web.pages.leads;

import org.jspecify.annotations.NullMarked;
