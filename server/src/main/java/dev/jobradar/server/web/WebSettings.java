package dev.jobradar.server.web;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who may do more than others.
 *
 * @param admin the Telegram user id of the administrator, null for none
 */
@ConfigurationProperties("jobradar")
record WebSettings(@Nullable Long admin) {}
