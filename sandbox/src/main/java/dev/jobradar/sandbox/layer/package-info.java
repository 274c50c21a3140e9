/**
 * Clients of other layers, read and answered in their own: {@link
 * dev.jobradar.sandbox.layer.Layers#readRequest} reads a query of any layer as ours, and the {@link
 * dev.jobradar.sandbox.layer.LayerCodec} of a client's layer writes results and updates as that
 * layer has them.
 *
 * <p>Values are carried over by name. A field that the other side does not know is dropped; one
 * that it needs and this side lacks is 0, empty, or the type's constructor without contents; an int
 * becomes a long and a long that fits an int; an element of a vector that the other side cannot
 * express is left out. What changed its shape rather than its fields has a rule of its own in
 * {@code StructuralChanges}.
 *
 * <p>Ids are unique over all layers, so that a query is read without knowing its layer. Written is
 * by the definitions of the client's layer; a layer that is not stored takes those of the next
 * older one that is. A layer newer than ours is served as ours and noted in the log, one older than
 * all stored is refused ({@link dev.jobradar.sandbox.layer.LayerTooOldException}).
 *
 * <p>The definitions of older layers are in resources, {@code NNN.tl}: each holds what differs from
 * the next newer one stored, of what {@code names.txt} lists. Whoever lets the sandbox read another
 * function or send another constructor adds it to that list and runs {@code sandbox/update-layers};
 * a constructor that is not listed is sent only to clients of our layer ({@link
 * dev.jobradar.sandbox.layer.LayerException}).
 */
@NullMarked
package dev.jobradar.sandbox.layer;

import org.jspecify.annotations.NullMarked;
