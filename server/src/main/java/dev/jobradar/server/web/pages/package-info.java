/** The page that takes a person through everything; it talks to the HTTP API like any script. */
@NullMarked
package dev.jobradar.server.web.pages;

import org.jspecify.annotations.NullMarked;
