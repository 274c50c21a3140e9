@NullMarked
package dev.jobradar.server.web.tasks;

import org.jspecify.annotations.NullMarked;
