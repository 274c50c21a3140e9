/**
 * What a person reads of a message, wherever Telegram puts it: text, rich message, poll, checklist,
 * link preview, file name, button. {@link dev.jobradar.telegram.content.ContentReader} makes one
 * {@link dev.jobradar.telegram.content.MessageContent} of it.
 */
@NullMarked
package dev.jobradar.telegram.content;

import org.jspecify.annotations.NullMarked;
