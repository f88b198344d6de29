-- Projects: what won in a venture round, from its agreement to its closing.

create table projects (
  community_id uuid not null references communities (id),
  id uuid not null,
  proposal_id uuid not null,
  round_id uuid not null,
  state text not null check (state in ('chosen', 'drafted', 'running', 'reported', 'closed', 'stopped')),
  -- What the vote gave it. Its milestones together never promise more.
  budget_fen bigint not null check (budget_fen >= 0),
  organisation_id uuid,
  -- What was agreed: in words, what it will offer, what those it serves are asked. A new text needs new signatures.
  agreement jsonb,
  agreement_version integer not null default 0,
  -- Where its money is: a budget line of a fund, the bank account it is paid from, and the use that is booked.
  budget_line_id uuid,
  bank_account_id uuid,
  spending_category text check (spending_category ~ '^[a-z0-9_]{1,60}$'),
  created_at timestamptz not null,
  begun_at timestamptz,
  ended_at timestamptz,
  version integer not null default 1,
  primary key (community_id, id),
  foreign key (community_id, proposal_id) references proposals (community_id, id),
  foreign key (community_id, round_id) references venture_rounds (community_id, id),
  check (state in ('chosen', 'stopped') or (organisation_id is not null and agreement is not null)),
  check ((budget_line_id is null) = (bank_account_id is null) and (budget_line_id is null) = (spending_category is null))
);
create unique index projects_by_proposal on projects (community_id, proposal_id);
create index projects_by_state on projects (community_id, state, id);
create index projects_by_round on projects (community_id, round_id);
create index projects_by_organisation on projects (community_id, organisation_id) where organisation_id is not null;
call guard_table('projects', 'select, insert, update');

-- The life of a project, appended; a change keeps what stood before.
create table project_steps (
  community_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  step text not null check (step ~ '^[a-z_]{1,40}$'),
  at timestamptz not null,
  actor_id uuid not null,
  on_behalf_of_id uuid,
  milestone_id uuid,
  public_note text check (length(public_note) <= 4000),
  data jsonb not null default '{}',
  primary key (community_id, id),
  foreign key (community_id, project_id) references projects (community_id, id)
);
create index project_steps_by_project on project_steps (community_id, project_id, id);
call guard_table('project_steps', 'select, insert');

-- Who signed which text of the agreement, for the organisation and for the community.
create table project_signatures (
  community_id uuid not null,
  project_id uuid not null,
  agreement_version integer not null,
  side text not null check (side in ('organisation', 'community')),
  person_id uuid not null,
  signed_at timestamptz not null,
  primary key (community_id, project_id, agreement_version, side),
  foreign key (community_id, project_id) references projects (community_id, id)
);
create unique index project_signatures_by_person on project_signatures (community_id, project_id, agreement_version, person_id);
call guard_table('project_signatures', 'select, insert');

create table project_milestones (
  community_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  position integer not null check (position > 0),
  title text not null check (length(title) between 1 and 200),
  due_on date not null,
  -- What is paid when it is accepted; nothing for a milestone that costs nothing.
  tranche_fen bigint not null check (tranche_fen >= 0),
  state text not null check (state in ('planned', 'submitted', 'accepted', 'dropped')),
  -- The spending that was asked for its tranche; another one when the first was refused.
  spending_id uuid,
  -- 1: due soon, 2: late; each is said once.
  escalation smallint not null default 0,
  decided_at timestamptz,
  primary key (community_id, id),
  foreign key (community_id, project_id) references projects (community_id, id)
);
create unique index project_milestones_by_position on project_milestones (community_id, project_id, position);
create index project_milestones_to_watch on project_milestones (community_id, due_on) where state = 'planned' and escalation < 2;
-- A draft is written anew with its milestones; what was signed is only changed by changes that were approved.
call guard_table('project_milestones', 'select, insert, update, delete');

-- Photos that show what was done.
create table project_files (
  community_id uuid not null,
  project_id uuid not null,
  milestone_id uuid not null,
  file_hash text not null,
  step_id uuid not null,
  primary key (community_id, project_id, milestone_id, file_hash),
  foreign key (community_id, project_id) references projects (community_id, id)
);
create index project_files_by_hash on project_files (community_id, file_hash);
call guard_table('project_files', 'select, insert');

create table project_changes (
  community_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  milestone_id uuid not null,
  before jsonb not null,
  after jsonb not null,
  reason text not null check (length(reason) between 1 and 2000),
  asked_at timestamptz not null,
  asked_by_id uuid not null,
  state text not null check (state in ('waiting', 'approved', 'refused')),
  decided_at timestamptz,
  decided_by_id uuid,
  decided_reason text check (length(decided_reason) <= 2000),
  primary key (community_id, id),
  foreign key (community_id, project_id) references projects (community_id, id),
  foreign key (community_id, milestone_id) references project_milestones (community_id, id),
  check ((state = 'waiting') = (decided_at is null))
);
-- One change at a time of a milestone waits.
create unique index project_changes_waiting on project_changes (community_id, milestone_id) where state = 'waiting';
create index project_changes_by_project on project_changes (community_id, project_id, id);
call guard_table('project_changes', 'select, insert, update');

create table project_risks (
  community_id uuid not null,
  id uuid not null,
  project_id uuid not null,
  risk text not null check (length(risk) between 1 and 400),
  response text not null check (length(response) between 1 and 400),
  opened_at timestamptz not null,
  opened_by_id uuid not null,
  closed_at timestamptz,
  closed_by_id uuid,
  closed_reason text check (length(closed_reason) between 1 and 400),
  primary key (community_id, id),
  foreign key (community_id, project_id) references projects (community_id, id),
  check ((closed_at is null) = (closed_by_id is null) and (closed_at is null) = (closed_reason is null))
);
create index project_risks_by_project on project_risks (community_id, project_id, id);
call guard_table('project_risks', 'select, insert, update');

-- Whom it served, named by those who saw it at a visit; they may answer though their residence is not verified.
create table project_beneficiaries (
  community_id uuid not null,
  project_id uuid not null,
  person_id uuid not null,
  named_by_id uuid not null,
  named_at timestamptz not null,
  primary key (community_id, project_id, person_id),
  foreign key (community_id, project_id) references projects (community_id, id)
);
call guard_table('project_beneficiaries', 'select, insert');

-- Who answered, never what: no answer of a single person is kept anywhere, only how often each was given.
create table project_answer_roll (
  community_id uuid not null,
  project_id uuid not null,
  person_id uuid not null,
  primary key (community_id, project_id, person_id),
  foreign key (community_id, project_id) references projects (community_id, id)
);
call guard_table('project_answer_roll', 'select, insert');

create table project_answer_counts (
  community_id uuid not null,
  project_id uuid not null,
  question smallint not null check (question between 1 and 8),
  score smallint not null check (score between 1 and 5),
  count integer not null check (count > 0),
  primary key (community_id, project_id, question, score),
  foreign key (community_id, project_id) references projects (community_id, id)
);
call guard_table('project_answer_counts', 'select, insert, update');
