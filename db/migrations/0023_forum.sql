-- Morning Tea: sessions, topics, speeches, marks, who speaks when, minutes, opinions, moderation in public.

create table forum_sessions (
  community_id uuid not null references communities (id),
  id uuid not null,
  titles jsonb not null,
  about jsonb not null default '{}',
  held text not null check (held in ('on_site', 'online', 'both')),
  place_text text check (char_length(place_text) <= 200),
  online_url text check (online_url ~ '^https://' and char_length(online_url) <= 400),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  speech_seconds integer not null check (speech_seconds between 30 and 1800),
  secretary_id uuid,
  opened_at timestamptz,
  closed_at timestamptz,
  cancelled_at timestamptz,
  cancelled_reason text check (char_length(cancelled_reason) <= 1000),
  created_at timestamptz not null,
  created_by_id uuid not null,
  version integer not null default 1,
  primary key (community_id, id),
  foreign key (community_id, secretary_id) references people (community_id, id),
  check (ends_at > starts_at),
  check (held = 'online' or place_text is not null),
  check ((cancelled_at is null) = (cancelled_reason is null))
);
create index forum_sessions_by_start on forum_sessions (community_id, starts_at desc, id);
call guard_table('forum_sessions', 'select, insert, update');

create table topics (
  community_id uuid not null references communities (id),
  id uuid not null,
  session_id uuid,
  title text not null check (char_length(title) between 1 and 80),
  text text not null check (char_length(text) between 1 and 4000),
  raised_by_id uuid not null,
  raised_at timestamptz not null,
  spoken_at timestamptz not null,
  state text not null check (state in ('waiting', 'open', 'concluded', 'refused', 'hidden')),
  summary text check (char_length(summary) <= 4000),
  outcome text check (outcome in ('request', 'motion', 'proposal', 'nothing')),
  concluded_at timestamptz,
  concluded_by_id uuid,
  version integer not null default 1,
  primary key (community_id, id),
  foreign key (community_id, session_id) references forum_sessions (community_id, id),
  foreign key (community_id, raised_by_id) references people (community_id, id),
  check ((outcome is null) = (concluded_at is null))
);
create index topics_by_speech on topics (community_id, spoken_at desc, id desc);
create index topics_by_session on topics (community_id, session_id) where session_id is not null;
create index topics_by_raiser on topics (community_id, raised_by_id, raised_at desc);
call guard_table('topics', 'select, insert, update');

-- What somebody said on a topic. Its words never change; what is hidden stays in the log with the reason.
create table speeches (
  community_id uuid not null references communities (id),
  id uuid not null,
  topic_id uuid not null,
  speaker_id uuid not null,
  speaker_is_verified boolean not null,
  text text not null check (char_length(text) between 1 and 2000),
  reply_to_id uuid,
  quote text check (char_length(quote) between 1 and 400),
  said_at timestamptz not null,
  state text not null check (state in ('waiting', 'shown', 'refused', 'hidden')),
  primary key (community_id, id),
  unique (community_id, topic_id, id),
  foreign key (community_id, topic_id) references topics (community_id, id),
  foreign key (community_id, speaker_id) references people (community_id, id),
  foreign key (community_id, topic_id, reply_to_id) references speeches (community_id, topic_id, id),
  check (quote is null or reply_to_id is not null)
);
create index speeches_by_speaker on speeches (community_id, speaker_id, said_at desc);
create index speeches_waiting on speeches (community_id, said_at) where state = 'waiting';
call guard_table('speeches', 'select, insert, update');

create table speech_photos (
  community_id uuid not null references communities (id),
  speech_id uuid not null,
  file_hash text not null,
  position integer not null,
  primary key (community_id, speech_id, file_hash),
  foreign key (community_id, speech_id) references speeches (community_id, id),
  foreign key (community_id, file_hash) references files (community_id, hash)
);
create index speech_photos_by_file on speech_photos (community_id, file_hash);
call guard_table('speech_photos', 'select, insert');

-- “Hit the point”: one a person and speech. There is no mark against anything.
create table speech_marks (
  community_id uuid not null references communities (id),
  speech_id uuid not null,
  person_id uuid not null,
  marked_at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (community_id, speech_id, person_id),
  foreign key (community_id, speech_id) references speeches (community_id, id),
  foreign key (community_id, person_id) references people (community_id, id)
);
call guard_table('speech_marks', 'select, insert, update');

-- Who speaks when. One waiting or speaking turn a person; one speaker at a time.
create table speaking_turns (
  community_id uuid not null references communities (id),
  id uuid not null,
  session_id uuid not null,
  topic_id uuid,
  person_id uuid,
  shown_name text check (char_length(shown_name) between 1 and 40),
  number integer not null,
  asked_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz,
  left_at timestamptz,
  primary key (community_id, id),
  unique (community_id, session_id, number),
  foreign key (community_id, session_id) references forum_sessions (community_id, id),
  foreign key (community_id, topic_id) references topics (community_id, id),
  foreign key (community_id, person_id) references people (community_id, id),
  check ((person_id is null) <> (shown_name is null)),
  check (ended_at is null or started_at is not null),
  check (left_at is null or started_at is null)
);
create unique index speaking_turns_one_speaker on speaking_turns (community_id, session_id)
  where started_at is not null and ended_at is null;
create unique index speaking_turns_once on speaking_turns (community_id, session_id, person_id)
  where ended_at is null and left_at is null and person_id is not null;
call guard_table('speaking_turns', 'select, insert, update');

-- Minutes: an entry is one thing said; its words have versions, all of them kept.
create table minute_entries (
  community_id uuid not null references communities (id),
  id uuid not null,
  session_id uuid not null,
  number integer not null,
  topic_id uuid,
  speaker_id uuid,
  shown_name text check (char_length(shown_name) between 1 and 40),
  created_at timestamptz not null,
  primary key (community_id, id),
  unique (community_id, session_id, number),
  foreign key (community_id, session_id) references forum_sessions (community_id, id),
  foreign key (community_id, topic_id) references topics (community_id, id),
  foreign key (community_id, speaker_id) references people (community_id, id)
);
call guard_table('minute_entries', 'select, insert');

create table minute_texts (
  community_id uuid not null references communities (id),
  entry_id uuid not null,
  version integer not null,
  text text not null check (char_length(text) between 1 and 4000),
  reason text check (char_length(reason) <= 400),
  written_at timestamptz not null,
  written_by_id uuid not null,
  primary key (community_id, entry_id, version),
  foreign key (community_id, entry_id) references minute_entries (community_id, id)
);
call guard_table('minute_texts', 'select, insert');

-- Short statements on a topic, and what each person thinks of each.
create table statements (
  community_id uuid not null references communities (id),
  id uuid not null,
  topic_id uuid not null,
  number integer not null,
  text text not null check (char_length(text) between 1 and 140),
  written_by_id uuid not null,
  written_at timestamptz not null,
  state text not null check (state in ('waiting', 'shown', 'refused', 'hidden')),
  primary key (community_id, id),
  unique (community_id, topic_id, number),
  foreign key (community_id, topic_id) references topics (community_id, id)
);
call guard_table('statements', 'select, insert, update');

create table opinions (
  community_id uuid not null references communities (id),
  statement_id uuid not null,
  person_id uuid not null,
  opinion text not null check (opinion in ('agree', 'disagree', 'pass')),
  given_at timestamptz not null,
  primary key (community_id, statement_id, person_id),
  foreign key (community_id, statement_id) references statements (community_id, id),
  foreign key (community_id, person_id) references people (community_id, id)
);
call guard_table('opinions', 'select, insert, update');

-- What moderators did, with the reason, in public and for good.
create table moderation_steps (
  community_id uuid not null references communities (id),
  id uuid not null,
  at timestamptz not null,
  step text not null check (step in ('approve', 'refuse', 'hide', 'show_again')),
  subject_kind text not null check (subject_kind in ('topic', 'speech', 'statement')),
  subject_id uuid not null,
  topic_id uuid not null,
  rule text not null check (rule ~ '^[a-z_]{2,40}$'),
  reason text check (char_length(reason) <= 1000),
  actor_id uuid not null,
  primary key (community_id, id),
  foreign key (community_id, topic_id) references topics (community_id, id)
);
create index moderation_steps_by_time on moderation_steps (community_id, at desc, id desc);
call guard_table('moderation_steps', 'select, insert');
