/** The page; it uses the HTTP API as any script does. */
@NullMarked
package dev.jobradar.server.web.pages;

import org.jspecify.annotations.NullMarked;
