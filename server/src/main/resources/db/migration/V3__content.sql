-- What a lead's text is made of, beside its words.
alter table leads add column entities text not null default '[]';

-- Whether the channel forbids copies: then no more than an excerpt is sent.
alter table leads add column excerpt_only boolean not null default false;

-- What the parts of an album have in common: an album is one post.
alter table leads add column album_id bigint;

create index leads_album on leads (task_id, source, album_id);
