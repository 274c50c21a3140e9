@NullMarked
package dev.jobradar.server.web.users;

import org.jspecify.annotations.NullMarked;
