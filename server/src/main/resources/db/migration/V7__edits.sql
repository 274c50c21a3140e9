-- What posts of the last days said when they were seen first: a reaction comes as an edit, too, and
-- only another content is a real one. One row for all users.
create table seen_posts (
  channel_id bigint not null,
  message_id integer not null,
  content_hash bigint not null,
  -- What the parts of an album have in common.
  album_id bigint,
  seen_at bigint not null,
  primary key (channel_id, message_id)
);

create index seen_posts_seen_at on seen_posts (seen_at);
create index seen_posts_album on seen_posts (channel_id, album_id) where album_id is not null;

-- Leads of the last days that their owner deleted: an edit does not bring them back.
create table dropped_leads (
  task_id bigint not null references tasks (id) on delete cascade,
  source text not null,
  message_id integer not null,
  dropped_at bigint not null,
  primary key (task_id, source, message_id)
);

create index dropped_leads_dropped_at on dropped_leads (dropped_at);

-- When its post was edited, deleted, or stopped to match.
alter table leads add column edited_at bigint;
alter table leads add column deleted_at bigint;
alter table leads add column withdrawn_at bigint;

-- Whether Telegram gave no more than the beginning of the post.
alter table leads add column incomplete boolean not null default false;

-- A message that was tried stays what it is, whatever becomes of its lead.
alter table deliveries add column entities text;
