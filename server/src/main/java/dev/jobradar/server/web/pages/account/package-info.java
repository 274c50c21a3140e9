/**
 * Pages about the person: the sign-in, their Telegram, settings, plan, and what JobRadar says of
 * itself (help, privacy, terms).
 */
@NullMarked
package dev.jobradar.server.web.pages.account;

import org.jspecify.annotations.NullMarked;
