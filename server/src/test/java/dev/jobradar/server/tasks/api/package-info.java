@NullMarked
package dev.jobradar.server.tasks.api;

import org.jspecify.annotations.NullMarked;
