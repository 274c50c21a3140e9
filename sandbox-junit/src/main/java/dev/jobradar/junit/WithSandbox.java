package dev.jobradar.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The tests of a class have a sandbox, started once for all of them; see {@link SandboxExtension}.
 * What they need of it they get as parameters.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(SandboxExtension.class)
@Execution(ExecutionMode.SAME_THREAD)
public @interface WithSandbox {
  /** How many data centres, 1 to 9. */
  int dataCentres() default 1;

  /** How many accounts are signed in before each test, new ones for each. */
  int accounts() default 1;

  /** Whether a signed-in key on two connections at once is ended, as at Telegram. */
  boolean strict() default true;

  /** Whether there are channels with posts. */
  boolean channels() default true;

  /** Whether each test has a sandbox of its own. */
  boolean freshForEachTest() default false;

  /** Whether a test may open several connections for one key or account. */
  boolean severalConnections() default false;
}
