package dev.jobradar.server.web;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may do more than others, and where the site is.
 *
 * @param admin the Telegram user id of the administrator, null for none
 * @param hosts the names that the site is called by; its addresses and localhost need not be named
 */
@ConfigurationProperties("jobradar")
record WebSettings(@Nullable Long admin, @DefaultValue Set<String> hosts) {}
