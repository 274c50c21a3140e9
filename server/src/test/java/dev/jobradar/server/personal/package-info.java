@NullMarked
package dev.jobradar.server.personal;

import org.jspecify.annotations.NullMarked;
