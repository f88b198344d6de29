-- A visitor's words become public when somebody has taken them on; until then the wish is kept.
alter table requests add column wants_public boolean not null default false;
