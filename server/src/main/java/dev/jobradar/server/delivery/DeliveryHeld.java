package dev.jobradar.server.delivery;

import dev.jobradar.clients.UserId;

/** Published when a message could not be sent now: {@link DeliveryStatus} says why. */
public record DeliveryHeld(UserId user) {}
