@NullMarked
package dev.jobradar.server.web.pages.leads;

import org.jspecify.annotations.NullMarked;
