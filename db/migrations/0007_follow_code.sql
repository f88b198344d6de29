-- A visitor's follow code is derived from the request's id and the installation's key, so nothing is kept of it.
alter table requests drop column follow_code_hash;
-- Feeds of updates (Open311, webhooks) read steps by time.
create index request_steps_by_time on request_steps (community_id, at, id);
