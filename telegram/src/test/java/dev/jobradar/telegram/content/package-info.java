@NullMarked
package dev.jobradar.telegram.content;

import org.jspecify.annotations.NullMarked;
