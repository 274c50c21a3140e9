-- Who has a lead of a post that was edited, looked up once for all users.
create index leads_message on leads (message_id);
create index leads_album_id on leads (album_id) where album_id is not null;
