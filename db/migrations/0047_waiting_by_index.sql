-- What waits for the desk is read in pages, the longest waiting first.
create index corrections_waiting on corrections (community_id, asked_at, id) where state = 'asked';
create index residence_disputes_waiting on residence_disputes (community_id, opened_at, id) where settled_at is null;
