/**
 * The whole service under load, beside a sandbox: {@code Load} is the program, {@code LoadPlan}
 * says who watches what, {@code LoadRun} makes the posts and measures, {@code LoadOutcome} compares
 * what had to come with what came.
 */
@NullMarked
package dev.jobradar.benchmarks.load;

import org.jspecify.annotations.NullMarked;
