/**
 * What a sandbox does wrong on purpose: faults as values, what each aims at, and the list of active
 * faults. The network and the RPC server ask that list at the places where a fault can strike;
 * while it is empty, asking costs one read of a field.
 */
@NullMarked
package dev.jobradar.sandbox.fault;

import org.jspecify.annotations.NullMarked;
