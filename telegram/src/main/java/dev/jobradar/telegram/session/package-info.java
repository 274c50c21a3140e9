/**
 * Sign-ins as text: the session strings of other people's clients, what is in them, and the data
 * centres that they belong to.
 */
@NullMarked
package dev.jobradar.telegram.session;

import org.jspecify.annotations.NullMarked;
