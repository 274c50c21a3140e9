/** The program of {@code docs/library.md}, so that it compiles and runs. */
@NullMarked
package dev.jobradar.telegram.example;

import org.jspecify.annotations.NullMarked;
