-- An edit that did not see the last one is refused instead of overwriting it.
alter table organisations add column version integer not null default 1;
