package dev.jobradar.server.backfill;

/** Published, after the transaction, when a backfill was begun, went on, waits or ended. */
public record BackfillChanged(Backfill backfill) {}
