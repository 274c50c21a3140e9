/** The command line: the verbs of {@code ./jobradar}, their options and exit codes. */
@NullMarked
package dev.jobradar.launcher;

import org.jspecify.annotations.NullMarked;
