-- Organisations: partner units, committees, building groups, teams, clubs, businesses.

create table organisations (
  community_id uuid not null references communities (id),
  id uuid not null,
  kind text not null check (kind in ('department', 'partner_unit', 'property_company', 'social_organisation', 'volunteer_team', 'club', 'building_group', 'committee', 'business')),
  names jsonb not null,
  parent_id uuid,
  building_id uuid,
  phase text not null default 'active' check (phase in ('forming', 'filed', 'active', 'dormant', 'closed')),
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (community_id, id)
);
create index organisations_by_kind on organisations (community_id, kind);
call guard_table('organisations', 'select, insert, update');
