/**
 * The TL language: a parser of {@code .tl} schemas and the schema as values.
 *
 * <p>Understood is what Telegram's published schemas use: {@code name#id {X:Type} field:type =
 * Type;}, the sections {@code ---functions---} and {@code ---types---}, {@code //} comments,
 * vectors in both forms, bare types ({@code %Type} or a constructor's name), flag words ({@code #})
 * and conditional fields ({@code flags.3?int}). Usable at build time and at run time.
 */
@NullMarked
package dev.jobradar.tl.schema;

import org.jspecify.annotations.NullMarked;
