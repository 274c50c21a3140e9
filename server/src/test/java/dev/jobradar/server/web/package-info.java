@NullMarked
package dev.jobradar.server.web;

import org.jspecify.annotations.NullMarked;
