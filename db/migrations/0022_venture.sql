-- Venture rounds: rules frozen before voting, proposals from need to vetting, ballots that nobody can trace to a voter.

create table venture_rounds (
  community_id uuid not null references communities (id),
  id uuid not null,
  number integer not null check (number > 0),
  names jsonb not null,
  -- What was decided beforehand: who, how much, by which rule, when. What is frozen is kept word by word, with its hash.
  rules jsonb not null,
  frozen_at timestamptz,
  frozen_text text,
  frozen_sha256 text check (frozen_sha256 ~ '^[0-9a-f]{64}$'),
  closed_at timestamptz,
  -- Brought in from a file of another place: nobody voted here.
  is_imported boolean not null default false,
  created_at timestamptz not null,
  created_by_id uuid not null,
  version integer not null default 1,
  primary key (community_id, id),
  check ((frozen_at is null) = (frozen_text is null) and (frozen_at is null) = (frozen_sha256 is null)),
  check (closed_at is null or frozen_at is not null or is_imported)
);
create unique index venture_rounds_by_number on venture_rounds (community_id, number);
call guard_table('venture_rounds', 'select, insert, update');

create table proposals (
  community_id uuid not null,
  id uuid not null,
  round_id uuid not null,
  number integer not null check (number > 0),
  -- What the published file calls it; the number, unless it was brought in from a file.
  pabulib_id text not null check (pabulib_id ~ '^[^;,"\s]{1,40}$'),
  proposer_id uuid,
  organisation_id uuid,
  title text not null check (length(title) between 1 and 200),
  summary text not null default '' check (length(summary) <= 400),
  body text not null default '' check (length(body) <= 6000),
  category text not null check (category ~ '^[a-z0-9_]{1,60}$'),
  asked_fen bigint not null check (asked_fen >= 0),
  -- What vetting found that it costs; nothing until it was looked at.
  reviewed_fen bigint check (reviewed_fen >= 0),
  state text not null check (state in ('submitted', 'admitted', 'refused', 'withdrawn', 'merged')),
  merged_into_id uuid,
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (community_id, id),
  foreign key (community_id, round_id) references venture_rounds (community_id, id),
  foreign key (community_id, merged_into_id) references proposals (community_id, id),
  check ((state = 'merged') = (merged_into_id is not null)),
  check (state <> 'admitted' or reviewed_fen is not null)
);
create unique index proposals_by_number on proposals (community_id, round_id, number);
create unique index proposals_by_pabulib_id on proposals (community_id, round_id, pabulib_id);
create index proposals_by_proposer on proposals (community_id, proposer_id) where proposer_id is not null;
call guard_table('proposals', 'select, insert, update');

-- The life of a proposal, appended.
create table proposal_steps (
  community_id uuid not null,
  id uuid not null,
  proposal_id uuid not null,
  step text not null check (step in ('submit', 'change', 'admit', 'refuse', 'reply', 'review_cost', 'merge', 'withdraw')),
  at timestamptz not null,
  actor_id uuid not null,
  on_behalf_of_id uuid,
  public_note text check (length(public_note) <= 2000),
  data jsonb not null default '{}',
  primary key (community_id, id),
  foreign key (community_id, proposal_id) references proposals (community_id, id)
);
create index proposal_steps_by_proposal on proposal_steps (community_id, proposal_id, id);
call guard_table('proposal_steps', 'select, insert');

-- Neighbours who stand by a proposal, each once.
create table proposal_sponsors (
  community_id uuid not null,
  proposal_id uuid not null,
  person_id uuid not null,
  primary key (community_id, proposal_id, person_id),
  foreign key (community_id, proposal_id) references proposals (community_id, id)
);
call guard_table('proposal_sponsors', 'select, insert, delete');

-- Who voted, never what: no time, no ballot. The key is what makes it one vote a person, however many are sent at once.
create table voter_roll (
  community_id uuid not null,
  round_id uuid not null,
  person_id uuid not null,
  channel text not null check (channel in ('online', 'assisted', 'paper')),
  primary key (community_id, round_id, person_id),
  foreign key (community_id, round_id) references venture_rounds (community_id, id)
);
call guard_table('voter_roll', 'select, insert');

-- The box: what was voted, by the hash of a code that only the voter has. No person, no time, no channel.
create table ballots (
  community_id uuid not null,
  round_id uuid not null,
  code_hash text not null check (code_hash ~ '^[0-9a-f]{64}$'),
  proposals integer[] not null,
  primary key (community_id, round_id, code_hash),
  foreign key (community_id, round_id) references venture_rounds (community_id, id)
);
call guard_table('ballots', 'select, insert, update, delete');

-- A paper ballot as two people read it; emptied when the round closes.
create table paper_entries (
  community_id uuid not null,
  round_id uuid not null,
  code_hash text not null check (code_hash ~ '^[0-9a-f]{64}$'),
  entered_by_id uuid not null,
  proposals integer[] not null,
  is_counted boolean not null default false,
  primary key (community_id, round_id, code_hash, entered_by_id),
  foreign key (community_id, round_id) references venture_rounds (community_id, id)
);
call guard_table('paper_entries', 'select, insert, update, delete');

-- The ballots of a closed round, written anew in the order of their hash, each with what became of it.
create table published_ballots (
  community_id uuid not null,
  round_id uuid not null,
  code_hash text not null check (code_hash ~ '^[0-9a-f]{64}$'),
  ballot text not null,
  outcome jsonb not null,
  primary key (community_id, round_id, code_hash),
  foreign key (community_id, round_id) references venture_rounds (community_id, id)
);
call guard_table('published_ballots', 'select, insert');

-- What a round came to: the file as published, and what was computed from it.
create table venture_results (
  community_id uuid not null,
  round_id uuid not null,
  file_text text not null,
  file_sha256 text not null check (file_sha256 ~ '^[0-9a-f]{64}$'),
  outcome jsonb not null,
  published_at timestamptz not null,
  primary key (community_id, round_id),
  foreign key (community_id, round_id) references venture_rounds (community_id, id)
);
call guard_table('venture_results', 'select, insert');
