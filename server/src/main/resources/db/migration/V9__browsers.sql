-- Browsers that have signed in before: strangers cannot spend their limits.
create table devices (
  id ${id},
  user_id bigint not null references users (id) on delete cascade,
  -- Counts the cookies that it was given; the last one and the one before are good.
  generation integer not null,
  seen_at bigint not null
);

create index devices_user on devices (user_id);

-- A code works only in the browser that asked for it. Those under way are void: they live for
-- five minutes.
drop table login_codes;

create table login_codes (
  -- A keyed hash of what that browser alone knows.
  browser_hash text primary key,
  user_id bigint not null references users (id) on delete cascade,
  code_hash text not null,
  expires_at bigint not null,
  tries_left integer not null
);

create index login_codes_user on login_codes (user_id);
create index login_codes_expires on login_codes (expires_at);

create table browser_sessions (
  id ${id},
  user_id bigint not null references users (id) on delete cascade,
  token_hash text not null unique,
  -- The token before; null while there was none.
  previous_hash text unique,
  rotated_at bigint not null,
  -- When the present token was used first; null while only the one before was.
  confirmed_at bigint,
  device_id bigint,
  -- For the person's list: a product and a system such as 'Firefox, Linux', and a network.
  browser text not null default '',
  place text not null default '',
  created_at bigint not null,
  seen_at bigint not null,
  expires_at bigint not null
);

insert into browser_sessions (user_id, token_hash, rotated_at, created_at, seen_at, expires_at)
select user_id, token_hash, created_at, created_at, created_at, expires_at from web_sessions;

drop table web_sessions;
alter table browser_sessions rename to web_sessions;
create index web_sessions_user on web_sessions (user_id);
create index web_sessions_expires on web_sessions (expires_at);
