-- Posts of a channel that can never be read: how many at most, and the last one.
alter table user_channels add column passed_over integer not null default 0;
alter table user_channels add column passed_over_last integer;
