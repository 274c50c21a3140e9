/** Leads over HTTP: {@code /api/leads}. */
@NullMarked
package dev.jobradar.server.web.leads;

import org.jspecify.annotations.NullMarked;
