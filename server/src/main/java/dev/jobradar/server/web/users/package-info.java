/** What users see and set of themselves: {@code /api/user}. */
@NullMarked
package dev.jobradar.server.web.users;

import org.jspecify.annotations.NullMarked;
