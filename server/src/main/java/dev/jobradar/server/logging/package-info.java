/** What every log line passes through, whoever wrote it. */
@NullMarked
package dev.jobradar.server.logging;

import org.jspecify.annotations.NullMarked;
