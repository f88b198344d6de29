-- Words of the place: what an administrator says instead of the default pack, change by change. The newest version of a
-- term holds; one that is a reset gives the pack's own words back. What was said in the table it replaces is carried over.
create table vocabulary_changes (
  community_id uuid not null references communities (id),
  kind text not null,
  code text not null check (code ~ '^[a-z0-9_]{1,60}$'),
  version integer not null check (version > 0),
  is_reset boolean not null default false,
  names jsonb,
  descriptions jsonb,
  data jsonb,
  is_used boolean not null default true,
  changed_at timestamptz not null,
  changed_by_id uuid not null,
  primary key (community_id, kind, code, version),
  check (is_reset or (names is not null and descriptions is not null and data is not null))
);
call guard_table('vocabulary_changes', 'select, insert');
insert into vocabulary_changes (community_id, kind, code, version, names, descriptions, data, changed_at, changed_by_id)
select community_id, split_part(key, '.', 1), split_part(key, '.', 2), 1, jsonb_object_agg(locale, text),
  '{"zh-CN": "", "en": ""}', '{}', max(changed_at), (array_agg(changed_by_id order by changed_at desc))[1]
from vocabulary where key ~ '^[a-z0-9_]+\.[a-z0-9_]{1,60}$'
group by community_id, key having count(*) = 2;
drop table vocabulary;
