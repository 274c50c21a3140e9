/**
 * A JUnit extension that gives tests of an MTProto client a Telegram of their own: {@link
 * dev.jobradar.junit.SandboxExtension}, or {@link dev.jobradar.junit.WithSandbox} where its
 * defaults will do. Both are described in {@code docs/sandbox-junit.md}.
 */
@NullMarked
package dev.jobradar.junit;

import org.jspecify.annotations.NullMarked;
