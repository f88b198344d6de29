-- What was answered lately stands on the page that everybody opens first: without an index all requests are sorted for it.
create index requests_by_answer on requests (community_id, answered_at desc, id desc) where answered_at is not null;
