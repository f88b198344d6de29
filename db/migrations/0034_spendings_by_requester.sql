-- What somebody asked for, the latest first.
create index spendings_by_requester on spendings (community_id, requested_by_id, id);
