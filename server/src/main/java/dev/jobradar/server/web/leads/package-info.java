/** {@code /api/leads}: what people and their scripts see of leads. */
@NullMarked
package dev.jobradar.server.web.leads;

import org.jspecify.annotations.NullMarked;
