@NullMarked
package dev.jobradar.server.web.live;

import org.jspecify.annotations.NullMarked;
