/** The sandbox's events and commands, and both as JSON lines. */
@NullMarked
package dev.jobradar.sandbox.event;

import org.jspecify.annotations.NullMarked;
