/**
 * Delivery: sends leads to people through their own accounts. The queue is in the database; every
 * message has its {@code random_id} stored before it is first sent, so that sending it again after
 * a crash or a lost answer is no second message. It is made of what the message is about, so that
 * neither is what a restored backup has found again.
 */
@NullMarked
package dev.jobradar.server.delivery;

import org.jspecify.annotations.NullMarked;
