@NullMarked
package dev.jobradar.server.signin;

import org.jspecify.annotations.NullMarked;
