/** A Telegram data centre on loopback: how it is started, in process and as a process. */
@NullMarked
package dev.jobradar.sandbox;

import org.jspecify.annotations.NullMarked;
