@NullMarked
package dev.jobradar.telegram.signin;

import org.jspecify.annotations.NullMarked;
