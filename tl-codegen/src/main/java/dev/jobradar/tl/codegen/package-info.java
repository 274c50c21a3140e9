/**
 * The generator of Java types from a TL schema, run by the build of {@code tl}. The rules by which
 * it names things are in that module's package {@code dev.jobradar.tl}.
 */
@NullMarked
package dev.jobradar.tl.codegen;

import org.jspecify.annotations.NullMarked;
