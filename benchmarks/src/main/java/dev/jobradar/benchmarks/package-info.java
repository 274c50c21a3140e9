/**
 * What is claimed about speed and memory, measured. {@code benchmarks/run} runs these programs; the
 * figures that they gave are in {@code docs/performance.md}.
 */
@NullMarked
package dev.jobradar.benchmarks;

import org.jspecify.annotations.NullMarked;
