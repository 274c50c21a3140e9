@NullMarked
package dev.jobradar.server.account;

import org.jspecify.annotations.NullMarked;
