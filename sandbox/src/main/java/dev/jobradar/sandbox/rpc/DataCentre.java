package dev.jobradar.sandbox.rpc;

/**
 * Where a data centre listens.
 *
 * @param id its number, from 1
 */
public record DataCentre(int id, String host, int port) {}
