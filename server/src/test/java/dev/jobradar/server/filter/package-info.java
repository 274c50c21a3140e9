@NullMarked
package dev.jobradar.server.filter;

import org.jspecify.annotations.NullMarked;
