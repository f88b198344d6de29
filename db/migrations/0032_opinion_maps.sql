-- The last map that was drawn of a topic's opinions: what is shown of them. Nothing in it is about fewer than five people.
create table opinion_maps (
  community_id uuid not null references communities (id),
  topic_id uuid not null,
  drawn_at timestamptz not null,
  map jsonb not null,
  primary key (community_id, topic_id),
  foreign key (community_id, topic_id) references topics (community_id, id)
);
call guard_table('opinion_maps', 'select, insert, update');

create index statements_waiting on statements (community_id, written_at) where state = 'waiting';
create index opinions_by_time on opinions (community_id, given_at);
