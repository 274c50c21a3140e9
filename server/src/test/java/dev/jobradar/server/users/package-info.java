@NullMarked
package dev.jobradar.server.users;

import org.jspecify.annotations.NullMarked;
