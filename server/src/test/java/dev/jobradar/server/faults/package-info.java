@NullMarked
package dev.jobradar.server.faults;

import org.jspecify.annotations.NullMarked;
