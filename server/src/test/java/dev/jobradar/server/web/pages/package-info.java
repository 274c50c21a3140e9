@NullMarked
package dev.jobradar.server.web.pages;

import org.jspecify.annotations.NullMarked;
