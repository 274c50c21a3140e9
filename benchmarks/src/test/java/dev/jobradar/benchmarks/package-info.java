@NullMarked
package dev.jobradar.benchmarks;

import org.jspecify.annotations.NullMarked;
