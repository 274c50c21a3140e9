/** {@code jobradar run}, {@code demo} and {@code key}: the service, and what an operator needs. */
@NullMarked
package dev.jobradar.launcher.service;

import org.jspecify.annotations.NullMarked;
