-- What the community's own decided requests taught: one row a version, with how well it did on decisions it had not seen.
create table category_models (
  community_id uuid not null references communities (id),
  version integer not null check (version > 0),
  trained_at timestamptz not null,
  decided integer not null,
  held_out integer not null,
  first_right double precision not null,
  first_three_right double precision not null,
  automatic_precision double precision,
  automatic_coverage double precision not null,
  is_trusted boolean not null,
  model bytea,
  primary key (community_id, version)
);
call guard_table('category_models', 'select, insert, update');

-- May a category be chosen without a person? The last word counts.
create table automatic_category_switches (
  community_id uuid not null references communities (id),
  id uuid not null,
  at timestamptz not null,
  by_id uuid not null,
  is_on boolean not null,
  reason text not null check (char_length(reason) between 1 and 1000),
  primary key (community_id, id)
);
call guard_table('automatic_category_switches', 'select, insert');

-- Whose category the teller left open: which model chose it, how sure, by which words, and whether somebody corrected it.
alter table requests add column categorised_by jsonb;
create index requests_categorised on requests (community_id, submitted_at) where categorised_by is not null;
