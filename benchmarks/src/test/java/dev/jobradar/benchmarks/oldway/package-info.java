@NullMarked
package dev.jobradar.benchmarks.oldway;

import org.jspecify.annotations.NullMarked;
