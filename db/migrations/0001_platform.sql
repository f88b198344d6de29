-- What all modules stand on. Every table of a community has community_id first in its primary key and forced row-level security.

create function current_community() returns uuid
  language sql stable parallel safe
  as $$ select nullif(current_setting('app.community_id', true), '')::uuid $$;

-- Forces row-level security by community on one table and gives the application the named privileges on it.
create procedure guard_table(name text, privileges text)
  language plpgsql
  as $$
begin
  execute format('alter table %I enable row level security', name);
  execute format('alter table %I force row level security', name);
  execute format('create policy community_only on %I using (community_id = current_community()) with check (community_id = current_community())', name);
  execute format('grant %s on %I to yingmen_app', privileges, name);
end
$$;

grant usage on schema public to yingmen_app;

-- Reference tables: the same for all communities.
create table calendars (
  id text primary key,
  version text not null,
  data jsonb not null,
  changed_at timestamptz not null
);
grant select, insert, update on calendars to yingmen_app;

create table communities (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9-]{2,60}$'),
  names jsonb not null,
  calendar_id text not null references calendars (id),
  time_zone text not null default 'Asia/Shanghai',
  centre_latitude double precision not null,
  centre_longitude double precision not null,
  boundary jsonb,
  is_demo boolean not null default false,
  attribution text,
  settings jsonb not null default '{}',
  created_at timestamptz not null
);
grant select, insert, update on communities to yingmen_app;

-- Login accounts: one a person and phone, over all communities.
create table logins (
  id uuid primary key,
  phone_fingerprint bytea unique,
  phone_sealed bytea,
  phone_masked text,
  login_name text unique,
  password_hash text,
  password_changed_at timestamptz,
  created_at timestamptz not null,
  locked_until timestamptz,
  disabled_at timestamptz
);
create table login_codes (
  id uuid primary key,
  phone_fingerprint bytea not null,
  code_hash bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  attempts integer not null default 0,
  used_at timestamptz
);
create index login_codes_by_phone on login_codes (phone_fingerprint, created_at);
create table login_attempts (
  id uuid primary key,
  login_key bytea not null,
  address_key bytea not null,
  method text not null,
  succeeded boolean not null,
  at timestamptz not null
);
create index login_attempts_by_login on login_attempts (login_key, at);
create index login_attempts_by_address on login_attempts (address_key, at);
create table login_passkeys (
  id text primary key,
  login_id uuid not null references logins (id),
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  label text not null,
  created_at timestamptz not null,
  last_used_at timestamptz
);
create table login_sessions (
  token_hash bytea primary key,
  login_id uuid not null references logins (id),
  method text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  user_agent text
);
create index login_sessions_by_login on login_sessions (login_id);
create table login_challenges (
  id uuid primary key,
  login_id uuid,
  challenge text not null,
  purpose text not null,
  expires_at timestamptz not null
);
grant select, insert, update, delete on logins, login_codes, login_attempts, login_passkeys, login_sessions, login_challenges to yingmen_app;

-- The first answer to every write, by the sender's id.
create table receipts (
  community_id uuid not null references communities (id),
  id uuid not null,
  command text not null,
  actor_id uuid not null,
  input_hash bytea not null,
  answer jsonb not null,
  created_at timestamptz not null,
  primary key (community_id, id)
);
call guard_table('receipts', 'select, insert');

-- The journal: one row a fact, appended with the change it tells of.
create table events (
  community_id uuid not null references communities (id),
  id uuid not null,
  kind text not null,
  at timestamptz not null,
  actor_id uuid not null,
  on_behalf_of_id uuid,
  command_id uuid not null,
  subject_kind text not null,
  subject_id uuid not null,
  data jsonb not null default '{}',
  primary key (community_id, id)
);
create index events_by_subject on events (community_id, subject_kind, subject_id, id);
create index events_by_kind on events (community_id, kind, id);
call guard_table('events', 'select, insert');

-- What caused what: a graph of (kind, id) pairs.
create table links (
  community_id uuid not null references communities (id),
  from_kind text not null,
  from_id uuid not null,
  relation text not null,
  to_kind text not null,
  to_id uuid not null,
  at timestamptz not null,
  primary key (community_id, from_kind, from_id, relation, to_kind, to_id)
);
create index links_backwards on links (community_id, to_kind, to_id);
call guard_table('links', 'select, insert');

-- Files by the hash of what is kept (metadata stripped); the bytes lie in the file store.
create table files (
  community_id uuid not null references communities (id),
  hash text not null,
  media_type text not null,
  byte_count integer not null,
  width integer,
  height integer,
  uploaded_by_id uuid not null,
  uploaded_at timestamptz not null,
  primary key (community_id, hash)
);
call guard_table('files', 'select, insert, delete');

-- Word to a person, shown in the application; and its way over other channels.
create table notices (
  community_id uuid not null references communities (id),
  id uuid not null,
  person_id uuid not null,
  template text not null,
  vars jsonb not null default '{}',
  subject_kind text not null,
  subject_id uuid not null,
  created_at timestamptz not null,
  read_at timestamptz,
  primary key (community_id, id)
);
create index notices_by_person on notices (community_id, person_id, id desc);
call guard_table('notices', 'select, insert, update');

create table deliveries (
  community_id uuid not null references communities (id),
  id uuid not null,
  notice_id uuid,
  channel text not null,
  address_sealed bytea not null,
  address_masked text not null,
  text text not null,
  state text not null check (state in ('waiting', 'sent', 'failed')),
  attempts integer not null default 0,
  last_error text,
  created_at timestamptz not null,
  sent_at timestamptz,
  primary key (community_id, id)
);
create index deliveries_waiting on deliveries (community_id, created_at) where state = 'waiting';
call guard_table('deliveries', 'select, insert, update');

-- Words that belong to the place: names of posts, occasions, criteria, by key and language.
create table vocabulary (
  community_id uuid not null references communities (id),
  key text not null,
  locale text not null check (locale in ('zh-CN', 'en')),
  text text not null,
  is_our_default boolean not null default true,
  changed_at timestamptz not null,
  changed_by_id uuid not null,
  primary key (community_id, key, locale)
);
call guard_table('vocabulary', 'select, insert, update, delete');

-- Other systems: tokens with scopes, and webhooks told of events.
create table api_tokens (
  community_id uuid not null references communities (id),
  id uuid not null,
  token_hash bytea not null,
  label text not null,
  scopes text[] not null,
  person_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_on date,
  primary key (community_id, id),
  unique (community_id, token_hash)
);
call guard_table('api_tokens', 'select, insert, update');

create table webhooks (
  community_id uuid not null references communities (id),
  id uuid not null,
  url text not null,
  secret_sealed bytea not null,
  event_kinds text[] not null,
  created_at timestamptz not null,
  created_by_id uuid not null,
  ended_at timestamptz,
  primary key (community_id, id)
);
call guard_table('webhooks', 'select, insert, update');

create table webhook_deliveries (
  community_id uuid not null references communities (id),
  id uuid not null,
  webhook_id uuid not null,
  event_id uuid not null,
  state text not null check (state in ('waiting', 'sent', 'failed')),
  attempts integer not null default 0,
  response_status integer,
  last_error text,
  created_at timestamptz not null,
  sent_at timestamptz,
  primary key (community_id, id),
  unique (community_id, webhook_id, event_id),
  foreign key (community_id, webhook_id) references webhooks (community_id, id)
);
call guard_table('webhook_deliveries', 'select, insert, update');

-- What the standing check found, each time it ran.
create table check_runs (
  community_id uuid not null references communities (id),
  id uuid not null,
  at timestamptz not null,
  ok boolean not null,
  findings jsonb not null,
  elapsed_ms integer not null,
  primary key (community_id, id)
);
call guard_table('check_runs', 'select, insert');
