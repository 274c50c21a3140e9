package dev.jobradar.server.web;

import dev.jobradar.clients.UserId;

/** Browsers of this user are no longer signed in; which, only their cookies can tell. */
public record BrowserSessionsEnded(UserId user) {}
