@NullMarked
package dev.jobradar.server.tasks;

import org.jspecify.annotations.NullMarked;
