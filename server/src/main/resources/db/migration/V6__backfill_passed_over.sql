-- Posts that a backfill could not read: how many at most, and the newest of them.
alter table backfills add column passed_over integer not null default 0;
alter table backfills add column passed_over_last integer;
