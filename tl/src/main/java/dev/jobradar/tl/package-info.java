/**
 * TL, Telegram's binary language, at run time: {@link dev.jobradar.tl.TlReader}, {@link
 * dev.jobradar.tl.TlWriter} and the values they know. The types of the two schemas are generated
 * from {@code src/main/tl} by these rules:
 *
 * <ol>
 *   <li>A constructor is a record with its name in UpperCamel, in {@code dev.jobradar.tl.api} (or
 *       {@code dev.jobradar.tl.mtproto}) and the sub-package of its namespace: {@code
 *       messages.channelMessages} is {@code dev.jobradar.tl.api.messages.ChannelMessages}, {@code
 *       p_q_inner_data_dc} is {@code dev.jobradar.tl.mtproto.PQInnerDataDc}.
 *   <li>A type with two or more constructors is a sealed interface, {@code Type} and its name:
 *       {@code TypeMessage}, {@code messages.TypeMessages}. A type with one constructor has no
 *       interface, the record stands for it: {@code Config}, {@code updates.State}.
 *   <li>A function is a record that implements {@link dev.jobradar.tl.TlMethod} of its result: in
 *       the package {@code method} below, {@code InvokeWithLayer}; with a namespace, nested in a
 *       class of that name, {@code Messages.GetHistory}.
 * </ol>
 *
 * <p>Fields are lowerCamel ({@code access_hash} is {@code accessHash}, a Java keyword gets a {@code
 * _}). A field that a flag leaves out is null, one of type {@code true} is a boolean; words of
 * flags are computed and do not appear. Fields that share a bit come together: a record with only
 * some of them cannot be made. Lists are copied and immutable. Records with optional fields have a
 * {@code builder()} and a {@code toBuilder()}; what is not set is absent, and a required number is
 * then 0, anything else required a NullPointerException.
 *
 * <p>Every record has its {@code ID} and reads itself without the id by {@code readFields}; types
 * read themselves with it by {@code readFrom}; {@code ApiSchema} and {@code MtprotoSchema} read
 * whatever comes.
 */
@NullMarked
package dev.jobradar.tl;

import org.jspecify.annotations.NullMarked;
