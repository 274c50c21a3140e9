/**
 * What the sandbox says of itself and what it is told to do: events and commands, and both as JSON
 * lines.
 */
@NullMarked
package dev.jobradar.sandbox.event;

import org.jspecify.annotations.NullMarked;
