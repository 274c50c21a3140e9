-- A channel that was renamed: what it was called before, who has that name now as far as it was
-- looked up, and since when.
alter table user_channels add column former_name text;
alter table user_channels add column former_taken_by text;
alter table user_channels add column former_checked boolean not null default false;
alter table user_channels add column renamed_at bigint;

-- Whether the channel forbids copies of all its posts.
alter table user_channels add column protected boolean not null default false;
