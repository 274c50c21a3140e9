/** What hostile users and strangers do to a running service, and what innocent people notice. */
@NullMarked
package dev.jobradar.benchmarks.attack;

import org.jspecify.annotations.NullMarked;
