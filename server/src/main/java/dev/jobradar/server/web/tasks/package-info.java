/** Tasks, sources and previews over HTTP: the rules for what people enter, views and texts. */
@NullMarked
package dev.jobradar.server.web.tasks;

import org.jspecify.annotations.NullMarked;
