-- Measures of a month that nothing has changed in are not added up again: the versions of its requests say so, and are read
-- from the index alone. What is late is counted from open requests.
drop index requests_measured;
create index requests_measured on requests (community_id, submitted_at)
  include (state, grid_id, category_id, owner_id, closed_at, answered_at, original_due_at, responded_at, response_due_at, stars, reopened_count, version);
