@NullMarked
package dev.jobradar.server.leads;

import org.jspecify.annotations.NullMarked;
