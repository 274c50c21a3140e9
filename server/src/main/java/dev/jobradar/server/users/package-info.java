/** Who uses JobRadar: a person with a Telegram account. */
@NullMarked
package dev.jobradar.server.users;

import org.jspecify.annotations.NullMarked;
