/**
 * What outlives the process: the RSA key and the world's journal, in a directory that only its
 * owner can read and only one sandbox uses.
 */
@NullMarked
package dev.jobradar.sandbox.state;

import org.jspecify.annotations.NullMarked;
