/** {@code jobradar session}: what other clients' session strings hold, and their other forms. */
@NullMarked
package dev.jobradar.launcher.session;

import org.jspecify.annotations.NullMarked;
