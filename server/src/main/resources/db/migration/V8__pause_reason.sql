-- Why a task was paused, where its owner did not do it.
alter table tasks add column pause_reason text;
