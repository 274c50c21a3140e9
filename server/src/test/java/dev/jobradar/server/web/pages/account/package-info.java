@NullMarked
package dev.jobradar.server.web.pages.account;

import org.jspecify.annotations.NullMarked;
