@NullMarked
package dev.jobradar.server.leads.api;

import org.jspecify.annotations.NullMarked;
