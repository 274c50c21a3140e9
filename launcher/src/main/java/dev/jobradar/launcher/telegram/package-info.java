/** {@code ./jobradar telegram}: one account from the command line, with JSON lines as answers. */
@NullMarked
package dev.jobradar.launcher.telegram;

import org.jspecify.annotations.NullMarked;
