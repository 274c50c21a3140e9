/** A real browser for tests of pages: {@link Pages} starts the service and opens {@link Tab}s. */
@NullMarked
package dev.jobradar.server.web.pages.browser;

import org.jspecify.annotations.NullMarked;
