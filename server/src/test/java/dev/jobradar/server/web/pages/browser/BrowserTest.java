package dev.jobradar.server.web.pages.browser;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * On a test class that has {@link Pages}. It is skipped where no Chromium is installed, unless the
 * environment variable {@code JOBRADAR_BROWSER} names one, as {@code .ci/run} does: then that one
 * must be there. One such class runs at a time: a browser needs a processor for itself.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ChromiumCondition.class)
@ResourceLock("browser")
@Timeout(120)
public @interface BrowserTest {}
