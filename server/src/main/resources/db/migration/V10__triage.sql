-- What a person makes of their leads: the status is new, seen, saved, contacted or rejected.
update leads set status = 'seen' where status = 'viewed';

-- The person's own words about a lead.
alter table leads add column note text;

-- When its owner deleted it: it can be taken back for some days.
alter table leads add column trashed_at bigint;

-- Whether it came from a search of the history: then it says nothing about delays.
alter table leads add column from_history boolean not null default false;

-- All that lists, counts and filters ask for, without the leads themselves.
create index leads_shown on leads (user_id, posted_at, id, status, task_id, source)
  where trashed_at is null;
create index leads_trashed on leads (trashed_at) where trashed_at is not null;

-- What searches look through: each word once, in small letters, after a blank.
create table lead_words (
  lead_id bigint primary key references leads (id) on delete cascade,
  words text not null,
  -- Those of the note.
  note_words text not null default ''
);

-- The secret address at which a person's feed reader finds their leads.
create table lead_feeds (
  user_id bigint primary key references users (id) on delete cascade,
  -- A keyed hash of what is secret in it.
  token_hash text not null unique,
  created_at bigint not null
);
