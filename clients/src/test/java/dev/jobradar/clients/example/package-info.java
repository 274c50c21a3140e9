/** The program of {@code docs/user-clients.md}, so that it compiles and runs. */
@NullMarked
package dev.jobradar.clients.example;

import org.jspecify.annotations.NullMarked;
