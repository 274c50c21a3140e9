@NullMarked
package dev.jobradar.launcher.service;

import org.jspecify.annotations.NullMarked;
