-- The tamper-evident log (RFC 6962): facts that touch rules, votes, draws, money, posts and resolutions are leaves. Writing a
-- fact takes no lock here; a sequencer gives leaves their index in batches. Everything is appended and never changed.
create table log_leaves (
  community_id uuid not null references communities (id),
  leaf_index bigint not null check (leaf_index >= 0),
  event_id uuid not null,
  leaf_hash bytea not null check (length(leaf_hash) = 32),
  logged_at timestamptz not null,
  primary key (community_id, leaf_index),
  unique (community_id, event_id)
);
call guard_table('log_leaves', 'select, insert');

-- Complete subtrees above the leaves.
create table log_nodes (
  community_id uuid not null references communities (id),
  level smallint not null check (level > 0),
  node_index bigint not null check (node_index >= 0),
  hash bytea not null check (length(hash) = 32),
  primary key (community_id, level, node_index)
);
call guard_table('log_nodes', 'select, insert');

-- Signed heads, as they were published.
create table log_heads (
  community_id uuid not null references communities (id),
  size bigint not null check (size >= 0),
  root bytea not null check (length(root) = 32),
  note text not null,
  signed_at timestamptz not null,
  primary key (community_id, size)
);
call guard_table('log_heads', 'select, insert');

-- The facts that are logged, found without reading the others.
create index events_to_log on events (community_id, id)
  where kind ~ '^(head|rule|round_rules|venture_[a-z_]+|ballot|vote|proposal|draw|seat|transfer|account|month|donation|pledge|grant|spending|advance|appeal|disclosure|post|term|role|motion|resolution|council|meeting)\.';
