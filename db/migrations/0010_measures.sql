-- Measures are added up from the index alone, without touching the rows.
create index requests_measured on requests (community_id, submitted_at)
  include (state, grid_id, category_id, owner_id, due_at, paused_at, closed_at, answered_at, original_due_at, responded_at, response_due_at, stars, reopened_count);
-- “Told near by already?” looks at open requests alone.
create index requests_open_by_place on requests (community_id, latitude, longitude) where closed_at is null and latitude is not null;
