-- One schema for SQLite and PostgreSQL. ${id} is the vendor's identity column; times are
-- milliseconds since 1970, UTC; lists are JSON arrays.

create table users (
  id ${id},
  telegram_user_id bigint unique,
  phone text not null,
  name text not null default '',
  username text,
  language text not null default 'ru',
  disabled boolean not null default false,
  plan text not null default 'trial',
  plan_until bigint,
  alerts_personal boolean not null default true,
  created_at bigint not null,
  updated_at bigint not null
);

-- A number is recycled: it says who had a trial, never who somebody is.
create index users_phone on users (phone);

-- Phones that had their trial, as keyed hashes.
create table trials (
  phone_hash text primary key,
  given_at bigint not null
);

create table telegram_sessions (
  user_id bigint primary key references users (id) on delete cascade,
  -- The session string, encrypted; null once it is ended and deleted.
  sealed text,
  -- Telegram's reason, such as SESSION_REVOKED; null while it is good.
  ended text,
  updated_at bigint not null
);

create table web_sessions (
  token_hash text primary key,
  user_id bigint not null references users (id) on delete cascade,
  created_at bigint not null,
  expires_at bigint not null
);

create index web_sessions_user on web_sessions (user_id);

create table login_codes (
  user_id bigint primary key references users (id) on delete cascade,
  code_hash text not null,
  expires_at bigint not null,
  tries_left integer not null
);

-- What is limited: code requests and wrong entries, per phone, address and for the whole server.
-- One row each, which whoever counts locks by writing it first.
create table attempts (
  bucket text primary key,
  -- When they were, oldest first, separated by commas.
  times text not null,
  expires_at bigint not null
);

create index attempts_expires on attempts (expires_at);

create table tasks (
  id ${id},
  user_id bigint not null references users (id) on delete cascade,
  name text not null,
  status text not null,
  include_keywords text not null,
  exclude_keywords text not null,
  alerts_personal boolean not null default true,
  alerts_channel text,
  merge_reposts boolean not null default true,
  created_at bigint not null,
  updated_at bigint not null
);

create index tasks_user on tasks (user_id);

create table sources (
  id ${id},
  task_id bigint not null references tasks (id) on delete cascade,
  -- The public name in lower case, without @.
  name text not null,
  place integer not null,
  status text not null default 'ok',
  -- Every message up to it was seen; null until the first check.
  last_message_id integer,
  last_error text,
  error_count integer not null default 0,
  next_retry_at bigint,
  checked_at bigint,
  updated_at bigint not null,
  unique (task_id, name)
);

create index sources_name on sources (name);

-- What a name means to one account: an access hash is no use to another.
create table user_channels (
  user_id bigint not null references users (id) on delete cascade,
  name text not null,
  channel_id bigint not null,
  access_hash bigint not null,
  title text not null,
  kind text not null,
  members integer,
  joined boolean not null,
  -- How its posts come: pushed, polled or in_turn; null while it is not watched.
  feed text,
  -- How far it was read; null to begin with its newest post.
  position text,
  resolved_at bigint not null,
  primary key (user_id, name)
);

create index user_channels_channel on user_channels (user_id, channel_id);

-- How far an account's common updates were handled.
create table account_positions (
  user_id bigint primary key references users (id) on delete cascade,
  position text not null
);

create table leads (
  id ${id},
  user_id bigint not null references users (id) on delete cascade,
  task_id bigint not null references tasks (id) on delete cascade,
  source text not null,
  message_id integer not null,
  text text not null,
  url text not null,
  matched_keyword text,
  -- Where it matched: JSON array of [start, end) pairs, for highlighting.
  matched_at text not null default '[]',
  -- Equal for posts of the same words.
  fingerprint text,
  posted_at bigint not null,
  found_at bigint not null,
  delivered_at bigint,
  -- new or viewed: opened by the person.
  status text not null default 'new',
  -- Shown to the person in a list.
  is_read boolean not null default false,
  unique (task_id, source, message_id)
);

create index leads_user on leads (user_id, id);
create index leads_task on leads (task_id, id);
create index leads_fingerprint on leads (task_id, fingerprint);

-- By which leads that are nearly the same are found: reposts share a band.
create table lead_bands (
  task_id bigint not null references tasks (id) on delete cascade,
  band bigint not null,
  lead_id bigint not null references leads (id) on delete cascade,
  primary key (task_id, band, lead_id)
);

create index lead_bands_lead on lead_bands (lead_id);

-- Where else a lead's vacancy was posted.
create table lead_sightings (
  lead_id bigint not null references leads (id) on delete cascade,
  task_id bigint not null references tasks (id) on delete cascade,
  source text not null,
  message_id integer not null,
  url text not null,
  seen_at bigint not null,
  primary key (task_id, source, message_id)
);

create index lead_sightings_lead on lead_sightings (lead_id);

-- What is still to be sent, and what was. random_id makes a repeat harmless.
create table deliveries (
  id ${id},
  user_id bigint not null references users (id) on delete cascade,
  -- 'self' for Saved Messages, else the public name of a channel.
  destination text not null,
  -- Null for a digest.
  lead_id bigint references leads (id) on delete cascade,
  -- The digest that this one went into.
  digest_id bigint references deliveries (id),
  -- A digest's text, as it is first tried; a lead's is made from the lead.
  text text,
  random_id bigint not null,
  status text not null,
  not_before bigint not null,
  attempts integer not null default 0,
  last_error text,
  created_at bigint not null,
  sent_at bigint,
  message_id integer,
  unique (lead_id, destination)
);

create index deliveries_due on deliveries (status, not_before);
create index deliveries_user on deliveries (user_id, status, id);
create index deliveries_digest on deliveries (digest_id);

-- Telegram's FLOOD_WAIT, kept over restarts.
create table flood_waits (
  user_id bigint not null references users (id) on delete cascade,
  -- A method's name, or 'to ' and a destination for slow mode.
  scope text not null,
  until bigint not null,
  primary key (user_id, scope)
);

create table backfills (
  id ${id},
  user_id bigint not null references users (id) on delete cascade,
  task_id bigint not null references tasks (id) on delete cascade,
  source text not null,
  wanted integer not null,
  found integer not null default 0,
  -- How many new leads that made.
  added integer not null default 0,
  read_posts integer not null default 0,
  total_posts integer,
  -- Where the next page begins; 0 with the newest post.
  before_id integer not null default 0,
  deliver boolean not null default false,
  status text not null,
  last_error text,
  next_try_at bigint,
  created_at bigint not null,
  updated_at bigint not null
);

create index backfills_user on backfills (user_id, id);
create index backfills_status on backfills (status);

-- One at a time.
create unique index backfills_running on backfills (task_id, source) where status = 'running';
