-- Words are found in topics and speeches by an index, as in requests.
alter table topics add column search tsvector not null default '';
alter table speeches add column search tsvector not null default '';

-- What was said before gets the tokens that the application writes (platform/text_search.ts).
create function pg_temp.tokens_of(said text) returns tsvector language sql as $$
  with normal as (
    select lower(normalize(said, nfkc) collate as_read) as words
  ), runs as (
    select found[1] as run, true as is_han
    from normal, regexp_matches(words, '([\u2e80-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufad9\U00020000-\U0003134f]+)', 'g') as found
    union all
    select left(found[1], 60), false
    from normal, regexp_matches(
      regexp_replace(words, '[\u2e80-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufad9\U00020000-\U0003134f]+', ' ', 'g') collate as_read,
      '([[:alnum:]]+)', 'g') as found
  )
  select coalesce(array_to_tsvector(array_agg(distinct token)), '')
  from (
    select run as token from runs where not is_han
    union
    select substr(run, at, length) from runs, generate_series(1, char_length(run)) as at, (values (1), (2)) as lengths (length)
    where is_han and at + length - 1 <= char_length(run)
  ) as tokens
$$;

-- The owner of the tables is bound by their policy too; what was said there belongs to all communities.
alter table topics no force row level security;
alter table speeches no force row level security;
update topics set search = pg_temp.tokens_of(title || ' ' || text);
update speeches set search = pg_temp.tokens_of(text);
alter table topics force row level security;
alter table speeches force row level security;

create index topics_search on topics using gin (search);
create index speeches_search on speeches using gin (search);
