-- Written and read again and again, to see whether that works.
create table probe (
  id integer primary key,
  token text not null,
  written_at bigint not null
);
