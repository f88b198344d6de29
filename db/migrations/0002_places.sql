-- Community -> grid -> building -> household (door). WGS-84 throughout; polygons are GeoJSON geometries.

create table grids (
  community_id uuid not null references communities (id),
  id uuid not null,
  code text not null,
  names jsonb not null,
  boundary jsonb not null,
  ended_at timestamptz,
  version integer not null default 1,
  primary key (community_id, id),
  unique (community_id, code)
);
call guard_table('grids', 'select, insert, update');

create table buildings (
  community_id uuid not null references communities (id),
  id uuid not null,
  grid_id uuid,
  code text not null,
  estate text,
  number text not null,
  street text,
  names jsonb not null,
  footprint jsonb,
  latitude double precision not null,
  longitude double precision not null,
  levels integer not null default 1,
  unit_count integer not null default 1,
  openstreetmap_id text,
  search_key text not null,
  ended_at timestamptz,
  primary key (community_id, id),
  unique (community_id, code),
  foreign key (community_id, grid_id) references grids (community_id, id)
);
create index buildings_by_grid on buildings (community_id, grid_id);
call guard_table('buildings', 'select, insert, update');

create table households (
  community_id uuid not null references communities (id),
  id uuid not null,
  building_id uuid not null,
  unit integer not null,
  floor integer not null,
  door text not null,
  ended_at timestamptz,
  primary key (community_id, id),
  unique (community_id, building_id, unit, door),
  foreign key (community_id, building_id) references buildings (community_id, id)
);
call guard_table('households', 'select, insert, update');

create table facilities (
  community_id uuid not null references communities (id),
  id uuid not null,
  category text not null,
  names jsonb not null,
  latitude double precision not null,
  longitude double precision not null,
  openstreetmap_id text,
  ended_at timestamptz,
  primary key (community_id, id)
);
call guard_table('facilities', 'select, insert, update');

create table spaces (
  community_id uuid not null references communities (id),
  id uuid not null,
  building_id uuid,
  names jsonb not null,
  capacity integer not null check (capacity > 0),
  opening jsonb not null,
  house_rules jsonb not null default '{}',
  ended_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, building_id) references buildings (community_id, id)
);
call guard_table('spaces', 'select, insert, update');

-- Who answers for a grid: a term, never overwritten.
create table grid_terms (
  community_id uuid not null references communities (id),
  id uuid not null,
  grid_id uuid not null,
  person_id uuid not null,
  duty text not null check (duty in ('grid_worker', 'grid_leader')),
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, grid_id) references grids (community_id, id)
);
create unique index grid_terms_one_worker on grid_terms (community_id, grid_id, person_id, duty) where ended_at is null;
call guard_table('grid_terms', 'select, insert, update');

-- Lines and areas drawn under every map (streets, water, greens), as GeoJSON by layer.
create table map_layers (
  community_id uuid not null references communities (id),
  layer text not null,
  geojson jsonb not null,
  attribution text,
  changed_at timestamptz not null,
  primary key (community_id, layer)
);
call guard_table('map_layers', 'select, insert, update');

-- Posters: a short code on a wall that opens the ask page at that place.
create table posters (
  community_id uuid not null references communities (id),
  code text not null,
  building_id uuid not null,
  created_at timestamptz not null,
  created_by_id uuid not null,
  ended_at timestamptz,
  primary key (community_id, code),
  foreign key (community_id, building_id) references buildings (community_id, id)
);
call guard_table('posters', 'select, insert, update');
