@NullMarked
package dev.jobradar.server.web.signin;

import org.jspecify.annotations.NullMarked;
