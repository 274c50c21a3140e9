@NullMarked
package dev.jobradar.benchmarks.load;

import org.jspecify.annotations.NullMarked;
