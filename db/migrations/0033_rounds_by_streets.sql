-- By which metres a round was planned: along the streets of the neighbourhood, or by straight lines where none are known.
alter table rounds add column walk_by text check (walk_by in ('streets', 'straight'));
