-- Until when a webhook's events have been looked through; looking goes back a little further, for facts committed late.
alter table webhooks add column told_until timestamptz;
update webhooks set told_until = created_at;
alter table webhooks alter column told_until set not null;
create index events_by_time on events (community_id, at);
