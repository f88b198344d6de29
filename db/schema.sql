-- Generated from the migrated database by `yingmen migrate --dump`; compared in the tests. Do not edit.

-- Collations

create collation as_read (provider = icu, locale = 'zh-u-kn-true');

-- Functions

CREATE OR REPLACE FUNCTION public.current_community()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select nullif(current_setting('app.community_id', true), '')::uuid $function$
;
CREATE OR REPLACE PROCEDURE public.guard_table(IN name text, IN privileges text)
 LANGUAGE plpgsql
AS $procedure$
begin
  execute format('alter table %I enable row level security', name);
  execute format('alter table %I force row level security', name);
  execute format('create policy community_only on %I using (community_id = current_community()) with check (community_id = current_community())', name);
  execute format('grant %s on %I to yingmen_app', privileges, name);
end
$procedure$
;

-- Sequences

create sequence request_number_seq as bigint start 1 increment 1;
create sequence transfers_sequence_seq as bigint start 1 increment 1;

-- Tables

create table accounts (
  category text,
  closed_at timestamp with time zone,
  community_id uuid not null,
  credits_pending_fen bigint default 0 not null,
  credits_posted_fen bigint default 0 not null,
  currency text default 'CNY'::text not null,
  debits_pending_fen bigint default 0 not null,
  debits_posted_fen bigint default 0 not null,
  fund_id uuid,
  holder_id uuid,
  id uuid not null,
  is_bounded boolean not null,
  kind text not null,
  moved_at timestamp with time zone,
  names jsonb not null,
  opened_at timestamp with time zone not null,
  opened_by_id uuid not null,
  project_id uuid,
  restriction jsonb default '{}'::jsonb not null,
  side text not null
);
create table advances (
  account_id uuid not null,
  community_id uuid not null,
  due_on date not null,
  holder_id uuid not null,
  spending_id uuid not null
);
create table agenda_items (
  community_id uuid not null,
  dropped_at timestamp with time zone,
  dropped_reason text,
  id uuid not null,
  meeting_id uuid not null,
  "position" integer not null,
  titles jsonb not null
);
create table answer_templates (
  category_id uuid,
  changed_at timestamp with time zone not null,
  changed_by_id uuid not null,
  community_id uuid not null,
  ended_at timestamp with time zone,
  id uuid not null,
  texts jsonb not null,
  title text not null
);
create table api_tokens (
  community_id uuid not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  id uuid not null,
  label text not null,
  last_used_on date,
  person_id uuid not null,
  revoked_at timestamp with time zone,
  scopes text[] not null,
  token_hash bytea not null
);
create table automatic_category_switches (
  at timestamp with time zone not null,
  by_id uuid not null,
  community_id uuid not null,
  id uuid not null,
  is_on boolean not null,
  reason text not null
);
create table ballots (
  code_hash text not null,
  community_id uuid not null,
  proposals integer[] not null,
  round_id uuid not null,
  seal text default ''::text not null
);
create table bank_lines (
  account_id uuid not null,
  amount_fen bigint not null,
  balance_fen bigint,
  booked_on date not null,
  community_id uuid not null,
  fingerprint bytea not null,
  id uuid not null,
  left_reason text,
  line_number integer not null,
  spending_id uuid,
  state text default 'open'::text not null,
  statement_id uuid not null,
  words_sealed bytea not null
);
create table bank_matches (
  account_id uuid not null,
  community_id uuid not null,
  id uuid not null,
  line_id uuid not null,
  matched_at timestamp with time zone not null,
  matched_by_id uuid not null,
  transfer_id uuid not null,
  undone_at timestamp with time zone,
  undone_by_id uuid
);
create table bank_statements (
  account_id uuid not null,
  community_id uuid not null,
  file_sha256 text not null,
  format text not null,
  from_on date not null,
  id uuid not null,
  imported_at timestamp with time zone not null,
  imported_by_id uuid not null,
  line_count integer not null,
  new_count integer not null,
  until_on date not null
);
create table buildings (
  code text not null,
  community_id uuid not null,
  ended_at timestamp with time zone,
  estate text,
  footprint jsonb,
  grid_id uuid,
  id uuid not null,
  latitude double precision not null,
  levels integer default 1 not null,
  longitude double precision not null,
  names jsonb not null,
  number text not null,
  openstreetmap_id text,
  search_key text not null,
  street text,
  unit_count integer default 1 not null
);
create table calendars (
  changed_at timestamp with time zone not null,
  data jsonb not null,
  id text not null,
  version text not null
);
create table campaigns (
  community_id uuid not null,
  ends_on date,
  filed_number text,
  fund_id uuid not null,
  id uuid not null,
  is_emergency boolean not null,
  names jsonb not null,
  purposes jsonb not null,
  recorded_at timestamp with time zone not null,
  recorded_by_id uuid not null,
  starts_on date not null,
  subject text not null
);
create table care_circumstances (
  community_id uuid not null,
  consent_id uuid,
  end_reason text,
  ended_at timestamp with time zone,
  ended_by_id uuid,
  expires_on date not null,
  id uuid not null,
  kind text not null,
  legal_ground text,
  note_sealed bytea,
  person_id uuid not null,
  purpose text not null,
  recorded_at timestamp with time zone not null,
  recorded_by_id uuid not null,
  seen_by text[] not null,
  started_on date not null,
  version integer default 1 not null
);
create table categories (
  code text not null,
  community_id uuid not null,
  descriptions jsonb default '{}'::jsonb not null,
  ended_at timestamp with time zone,
  form jsonb default '[]'::jsonb not null,
  id uuid not null,
  is_private boolean default false not null,
  names jsonb not null,
  needs_place boolean default false not null,
  "position" integer not null,
  response_hours integer not null,
  target_days integer not null,
  version integer default 1 not null
);
create table category_models (
  automatic_coverage double precision not null,
  automatic_precision double precision,
  community_id uuid not null,
  decided integer not null,
  first_right double precision not null,
  first_three_right double precision not null,
  held_out integer not null,
  is_trusted boolean not null,
  model bytea,
  trained_at timestamp with time zone not null,
  version integer not null
);
create table chat_addresses (
  community_id uuid not null,
  created_at timestamp with time zone not null,
  created_by_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  owner_kind text not null,
  url_masked text not null,
  url_sealed bytea not null
);
create table check_runs (
  at timestamp with time zone not null,
  community_id uuid not null,
  elapsed_ms integer not null,
  findings jsonb not null,
  id uuid not null,
  ok boolean not null
);
create table closed_months (
  amount_fen bigint not null,
  closed_at timestamp with time zone not null,
  closed_by_id uuid not null,
  community_id uuid not null,
  month date not null,
  transfer_count integer not null
);
create table communities (
  attribution text,
  boundary jsonb,
  calendar_id text not null,
  centre_latitude double precision not null,
  centre_longitude double precision not null,
  created_at timestamp with time zone not null,
  id uuid not null,
  is_demo boolean default false not null,
  names jsonb not null,
  settings jsonb default '{}'::jsonb not null,
  slug text not null,
  time_zone text default 'Asia/Shanghai'::text not null
);
create table consent_texts (
  asks_again boolean not null,
  community_id uuid not null,
  published_at timestamp with time zone not null,
  published_by_id uuid not null,
  purpose text not null,
  texts jsonb not null,
  version integer not null
);
create table consents (
  community_id uuid not null,
  given_at timestamp with time zone not null,
  given_by_id uuid not null,
  given_how text not null,
  id uuid not null,
  person_id uuid not null,
  purpose text not null,
  recorded_by_id uuid not null,
  text_version integer not null,
  withdrawn_at timestamp with time zone,
  withdrawn_by_id uuid
);
create table contact_points (
  community_id uuid not null,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  id uuid not null,
  kind text not null,
  person_id uuid not null,
  value_fingerprint bytea not null,
  value_masked text not null,
  value_sealed bytea not null,
  verified_at timestamp with time zone
);
create table corrections (
  asked_at timestamp with time zone not null,
  community_id uuid not null,
  decided_at timestamp with time zone,
  decided_by_id uuid,
  decision_reason text,
  field text not null,
  id uuid not null,
  person_id uuid not null,
  proposed_sealed bytea not null,
  reason text not null,
  state text not null
);
create table council_rules (
  changed_at timestamp with time zone not null,
  changed_by_id uuid not null,
  community_id uuid not null,
  organisation_id uuid not null,
  rules jsonb not null,
  version integer default 1 not null
);
create table declared_interests (
  agenda_item_id uuid not null,
  community_id uuid not null,
  declared_at timestamp with time zone not null,
  id uuid not null,
  meeting_id uuid not null,
  motion_id uuid,
  person_id uuid not null,
  reason text not null,
  recorded_by_id uuid not null
);
create table deliveries (
  address_id uuid,
  address_masked text not null,
  attempts integer default 0 not null,
  channel text not null,
  community_id uuid not null,
  created_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  id uuid not null,
  last_error text,
  leased_until timestamp with time zone,
  locale text default 'zh-CN'::text not null,
  recipient_id uuid not null,
  sent_at timestamp with time zone,
  state text not null,
  unsure_count integer default 0 not null
);
create table delivery_notices (
  cause_id uuid not null,
  channel text not null,
  community_id uuid not null,
  delivery_id uuid not null,
  notice_id uuid not null,
  recipient_id uuid not null
);
create table demo_seeds (
  began_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  scale text not null
);
create table disclosures (
  campaign_id uuid not null,
  community_id uuid not null,
  due_on date not null,
  from_on date not null,
  id uuid not null,
  kind text not null,
  published_at timestamp with time zone not null,
  published_by_id uuid not null,
  sha256 text not null,
  text text not null,
  until_on date not null
);
create table donations (
  amount_fen bigint,
  budget_line_id uuid,
  community_id uuid not null,
  description text,
  donor_id uuid not null,
  fund_id uuid,
  hours numeric(8,2),
  id uuid not null,
  kind text not null,
  receipt_number integer not null,
  receipt_year integer not null,
  received_on date not null,
  recorded_at timestamp with time zone not null,
  recorded_by_id uuid not null,
  transfer_id uuid
);
create table donors (
  community_id uuid not null,
  created_at timestamp with time zone not null,
  created_by_id uuid not null,
  id uuid not null,
  is_hidden boolean not null,
  name_sealed bytea not null,
  person_id uuid
);
create table door_terms (
  community_id uuid not null,
  ended_at timestamp with time zone,
  household_id uuid not null,
  id uuid not null,
  reason text not null,
  started_at timestamp with time zone not null,
  started_by_id uuid not null,
  worker_id uuid not null
);
create table download_parts (
  bytes_sealed bytea not null,
  community_id uuid not null,
  download_id uuid not null,
  part integer not null
);
create table downloads (
  asked_at timestamp with time zone not null,
  asked_by_id uuid not null,
  community_id uuid not null,
  done integer default 0 not null,
  expires_at timestamp with time zone not null,
  file_name text not null,
  id uuid not null,
  kind text not null,
  media_type text not null,
  part_count integer default 0 not null,
  state text not null,
  subject_id uuid not null,
  total integer default 0 not null
);
create table events (
  actor_id uuid not null,
  at timestamp with time zone not null,
  command_id uuid not null,
  community_id uuid not null,
  data jsonb default '{}'::jsonb not null,
  id uuid not null,
  kind text not null,
  on_behalf_of_id uuid,
  subject_id uuid not null,
  subject_kind text not null
);
create table facilities (
  category text not null,
  community_id uuid not null,
  ended_at timestamp with time zone,
  id uuid not null,
  latitude double precision not null,
  longitude double precision not null,
  names jsonb not null,
  openstreetmap_id text
);
create table file_reads (
  at timestamp with time zone not null,
  community_id uuid not null,
  fields text[] not null,
  id uuid not null,
  person_id uuid not null,
  reader_id uuid not null,
  reason text not null,
  via text not null
);
create table file_uploaders (
  community_id uuid not null,
  file_hash text not null,
  uploaded_at timestamp with time zone not null,
  uploaded_by_id uuid not null
);
create table files (
  byte_count integer not null,
  community_id uuid not null,
  hash text not null,
  height integer,
  media_type text not null,
  width integer
);
create table forum_sessions (
  about jsonb default '{}'::jsonb not null,
  cancelled_at timestamp with time zone,
  cancelled_reason text,
  closed_at timestamp with time zone,
  community_id uuid not null,
  created_at timestamp with time zone not null,
  created_by_id uuid not null,
  ends_at timestamp with time zone not null,
  held text not null,
  id uuid not null,
  online_url text,
  opened_at timestamp with time zone,
  place_text text,
  secretary_id uuid,
  speech_seconds integer not null,
  starts_at timestamp with time zone not null,
  titles jsonb not null,
  version integer default 1 not null
);
create table grant_instalments (
  amount_fen bigint not null,
  community_id uuid not null,
  condition text,
  due_on date not null,
  grant_id uuid not null,
  met_at timestamp with time zone,
  met_by_id uuid,
  met_note text,
  number integer not null,
  spending_id uuid,
  transfer_id uuid
);
create table grants (
  amount_fen bigint not null,
  awarded_on date not null,
  community_id uuid not null,
  currency text not null,
  description text not null,
  direction text not null,
  ends_on date,
  fund_id uuid,
  id uuid not null,
  identifier text not null,
  organisation_id uuid,
  party_identifier text not null,
  party_name text not null,
  recorded_at timestamp with time zone not null,
  recorded_by_id uuid not null,
  source jsonb,
  starts_on date,
  title text not null
);
create table grid_terms (
  community_id uuid not null,
  duty text not null,
  ended_at timestamp with time zone,
  grid_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  started_at timestamp with time zone not null
);
create table grids (
  boundary jsonb not null,
  code text not null,
  community_id uuid not null,
  ended_at timestamp with time zone,
  id uuid not null,
  names jsonb not null,
  version integer default 1 not null
);
create table household_members (
  community_id uuid not null,
  ended_at timestamp with time zone,
  household_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  relation text default 'member'::text not null,
  revoked_at timestamp with time zone,
  revoked_by_id uuid,
  revoked_reason text,
  started_at timestamp with time zone not null,
  verified_at timestamp with time zone,
  verified_by_id uuid,
  verified_how text,
  verified_until timestamp with time zone
);
create table households (
  building_id uuid not null,
  community_id uuid not null,
  door text not null,
  ended_at timestamp with time zone,
  floor integer not null,
  id uuid not null,
  unit integer not null
);
create table knock_wishes (
  asked_at timestamp with time zone not null,
  asked_by_id uuid not null,
  community_id uuid not null,
  ended_at timestamp with time zone,
  ended_by_id uuid,
  from_minute integer,
  household_id uuid not null,
  id uuid not null,
  until_minute integer,
  wish text not null
);
create table letter_campaigns (
  community_id uuid not null,
  created_at timestamp with time zone not null,
  created_by_id uuid not null,
  ended_at timestamp with time zone,
  expires_at timestamp with time zone,
  grid_ids uuid[] default '{}'::uuid[] not null,
  id uuid not null,
  printed_at timestamp with time zone,
  texts jsonb not null,
  titles jsonb not null,
  valid_days integer not null,
  version integer default 1 not null
);
create table letter_claims (
  claimed_at timestamp with time zone not null,
  community_id uuid not null,
  letter_id uuid not null,
  outcome text not null,
  person_id uuid not null
);
create table letter_replies (
  answer text,
  answered_at timestamp with time zone,
  answered_by_id uuid,
  community_id uuid not null,
  id uuid not null,
  letter_id uuid not null,
  received_at timestamp with time zone not null,
  recorded_by_id uuid not null,
  request_id uuid,
  text_sealed bytea,
  visit_id uuid
);
create table letter_tries (
  at timestamp with time zone not null,
  community_id uuid not null,
  id uuid not null,
  person_id uuid not null
);
create table letters (
  campaign_id uuid not null,
  code_hash bytea,
  community_id uuid not null,
  delivered_at timestamp with time zone,
  delivered_by_id uuid,
  delivered_how text,
  expires_at timestamp with time zone,
  household_id uuid not null,
  id uuid not null,
  "position" integer not null
);
create table links (
  at timestamp with time zone not null,
  community_id uuid not null,
  from_id uuid not null,
  from_kind text not null,
  relation text not null,
  to_id uuid not null,
  to_kind text not null
);
create table log_heads (
  community_id uuid not null,
  note text not null,
  root bytea not null,
  signed_at timestamp with time zone not null,
  size bigint not null
);
create table log_leaves (
  community_id uuid not null,
  event_id uuid not null,
  leaf_hash bytea not null,
  leaf_index bigint not null,
  logged_at timestamp with time zone not null
);
create table log_nodes (
  community_id uuid not null,
  hash bytea not null,
  level smallint not null,
  node_index bigint not null
);
create table login_attempts (
  address_key bytea not null,
  at timestamp with time zone not null,
  id uuid not null,
  login_key bytea not null,
  method text not null,
  succeeded boolean not null
);
create table login_challenges (
  challenge text not null,
  expires_at timestamp with time zone not null,
  id uuid not null,
  login_id uuid,
  purpose text not null
);
create table login_codes (
  attempts integer default 0 not null,
  code_hash bytea not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  id uuid not null,
  phone_fingerprint bytea not null,
  used_at timestamp with time zone
);
create table login_passkeys (
  counter bigint not null,
  created_at timestamp with time zone not null,
  id text not null,
  label text not null,
  last_used_at timestamp with time zone,
  login_id uuid not null,
  public_key bytea not null,
  transports text[] default '{}'::text[] not null
);
create table login_sessions (
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  expires_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  login_id uuid not null,
  method text not null,
  token_hash bytea not null,
  user_agent text
);
create table logins (
  created_at timestamp with time zone not null,
  disabled_at timestamp with time zone,
  id uuid not null,
  locked_until timestamp with time zone,
  login_name text,
  password_changed_at timestamp with time zone,
  password_hash text,
  phone_fingerprint bytea,
  phone_masked text,
  phone_sealed bytea
);
create table map_layers (
  attribution text,
  changed_at timestamp with time zone not null,
  community_id uuid not null,
  geojson jsonb not null,
  layer text not null
);
create table meeting_attendances (
  arrived_at timestamp with time zone not null,
  community_id uuid not null,
  left_at timestamp with time zone,
  meeting_id uuid not null,
  person_id uuid not null,
  recorded_by_id uuid not null
);
create table meeting_entries (
  agenda_item_id uuid,
  community_id uuid not null,
  created_at timestamp with time zone not null,
  id uuid not null,
  kind text not null,
  meeting_id uuid not null,
  motion_id uuid,
  number integer not null
);
create table meeting_entry_texts (
  community_id uuid not null,
  entry_id uuid not null,
  reason text,
  texts jsonb not null,
  version integer not null,
  written_at timestamp with time zone not null,
  written_by_id uuid not null
);
create table meeting_papers (
  agenda_item_id uuid,
  attached_at timestamp with time zone not null,
  attached_by_id uuid not null,
  community_id uuid not null,
  file_hash text,
  id uuid not null,
  meeting_id uuid not null,
  text text,
  title text not null,
  withdrawn_at timestamp with time zone
);
create table meetings (
  called_at timestamp with time zone,
  cancelled_at timestamp with time zone,
  cancelled_reason text,
  chair_id uuid,
  closed_at timestamp with time zone,
  community_id uuid not null,
  created_at timestamp with time zone not null,
  created_by_id uuid not null,
  ends_at timestamp with time zone not null,
  id uuid not null,
  minutes_adopted_at timestamp with time zone,
  minutes_adopted_by_id uuid,
  minutes_published_at timestamp with time zone,
  minutes_sha256 text,
  minutes_text jsonb,
  opened_at timestamp with time zone,
  organisation_id uuid not null,
  place_text text not null,
  rules jsonb,
  starts_at timestamp with time zone not null,
  titles jsonb not null,
  version integer default 1 not null
);
create table memberships (
  community_id uuid not null,
  ended_at timestamp with time zone,
  ended_by_id uuid,
  ended_reason text,
  id uuid not null,
  member_organisation_id uuid,
  organisation_id uuid not null,
  person_id uuid,
  started_at timestamp with time zone not null,
  started_by_id uuid not null
);
create table minute_entries (
  community_id uuid not null,
  created_at timestamp with time zone not null,
  id uuid not null,
  number integer not null,
  session_id uuid not null,
  shown_name text,
  speaker_id uuid,
  topic_id uuid
);
create table minute_texts (
  community_id uuid not null,
  entry_id uuid not null,
  reason text,
  text text not null,
  version integer not null,
  written_at timestamp with time zone not null,
  written_by_id uuid not null
);
create table moderation_steps (
  actor_id uuid not null,
  at timestamp with time zone not null,
  community_id uuid not null,
  id uuid not null,
  reason text,
  rule text not null,
  step text not null,
  subject_id uuid not null,
  subject_kind text not null,
  topic_id uuid not null
);
create table monthly_spending (
  account_id uuid not null,
  amount_fen bigint not null,
  category text not null,
  community_id uuid not null,
  count integer not null,
  fund_id uuid not null,
  month date not null
);
create table motion_texts (
  amendment_id uuid,
  community_id uuid not null,
  motion_id uuid not null,
  text text not null,
  version integer not null,
  written_at timestamp with time zone not null,
  written_by_id uuid not null
);
create table motions (
  agenda_item_id uuid not null,
  amends_id uuid,
  amends_version integer,
  ballot text not null,
  community_id uuid not null,
  decided_at timestamp with time zone,
  id uuid not null,
  majority text not null,
  meeting_id uuid not null,
  moved_at timestamp with time zone not null,
  moved_by_id uuid not null,
  number integer not null,
  seconded_at timestamp with time zone,
  seconded_by_id uuid,
  state text not null,
  title text not null,
  version integer default 1 not null
);
create table notice_choices (
  changed_at timestamp with time zone not null,
  channels text[] not null,
  community_id uuid not null,
  kind text not null,
  person_id uuid not null,
  rhythm text not null
);
create table notice_preferences (
  changed_at timestamp with time zone not null,
  channel text default 'sms'::text not null,
  community_id uuid not null,
  person_id uuid not null,
  quiet_from_minute integer default 1320 not null,
  quiet_until_minute integer default 420 not null
);
create table notices (
  cause_id uuid,
  community_id uuid not null,
  created_at timestamp with time zone not null,
  gathered_at timestamp with time zone,
  id uuid not null,
  is_for_work boolean default false not null,
  is_urgent boolean default false not null,
  kind text default 'requests'::text not null,
  person_id uuid not null,
  read_at timestamp with time zone,
  subject_id uuid not null,
  subject_kind text not null,
  template text not null,
  vars jsonb default '{}'::jsonb not null
);
create table open311_submissions (
  account_id text,
  community_id uuid not null,
  created_at timestamp with time zone not null,
  device_id text,
  request_id uuid not null,
  token uuid not null
);
create table opinion_maps (
  community_id uuid not null,
  drawn_at timestamp with time zone not null,
  map jsonb not null,
  topic_id uuid not null
);
create table opinions (
  community_id uuid not null,
  given_at timestamp with time zone not null,
  opinion text not null,
  person_id uuid not null,
  statement_id uuid not null
);
create table organisation_phases (
  actor_id uuid not null,
  at timestamp with time zone not null,
  community_id uuid not null,
  from_phase text,
  id uuid not null,
  organisation_id uuid not null,
  reason text,
  to_phase text not null
);
create table organisations (
  about jsonb default '{}'::jsonb not null,
  building_id uuid,
  community_id uuid not null,
  contact text,
  ended_at timestamp with time zone,
  id uuid not null,
  kind text not null,
  names jsonb not null,
  parent_id uuid,
  phase text default 'active'::text not null,
  registered_number text,
  started_at timestamp with time zone not null,
  version integer default 1 not null
);
create table paper_entries (
  code_hash text not null,
  community_id uuid not null,
  entered_by_id uuid not null,
  is_counted boolean default false not null,
  proposals integer[] not null,
  round_id uuid not null,
  seal text default ''::text not null
);
create table people (
  born_in_year integer,
  community_id uuid not null,
  created_at timestamp with time zone not null,
  created_by_id uuid not null,
  erased_at timestamp with time zone,
  id uuid not null,
  languages text[] default '{zh-CN}'::text[] not null,
  large_type boolean default false not null,
  login_id uuid,
  name_fingerprint bytea not null,
  name_masked text not null,
  name_sealed bytea not null,
  public_name text,
  version integer default 1 not null
);
create table phones (
  community_id uuid not null,
  id uuid not null,
  known_since_at timestamp with time zone not null,
  last_contact_at timestamp with time zone not null,
  person_id uuid not null,
  wipe_ordered_at timestamp with time zone,
  wipe_ordered_by_id uuid,
  wiped_at timestamp with time zone
);
create table pledge_donations (
  community_id uuid not null,
  donation_id uuid not null,
  is_whole boolean not null,
  pledge_id uuid not null
);
create table pledges (
  amount_fen bigint,
  community_id uuid not null,
  description text,
  donor_id uuid not null,
  due_on date not null,
  hours numeric(8,2),
  id uuid not null,
  kind text not null,
  lapsed_at timestamp with time zone,
  lapsed_by_id uuid,
  lapsed_reason text,
  made_at timestamp with time zone not null,
  made_by_id uuid not null,
  wish jsonb default '{}'::jsonb not null
);
create table post_invitations (
  answer text,
  answer_words text,
  answered_at timestamp with time zone,
  community_id uuid not null,
  id uuid not null,
  invited_at timestamp with time zone not null,
  invited_by_id uuid not null,
  person_id uuid not null,
  post_id uuid not null,
  reason text not null,
  withdrawn_at timestamp with time zone
);
create table post_terms (
  cause_id uuid,
  cause_kind text,
  community_id uuid not null,
  ended_at timestamp with time zone,
  ended_by_id uuid,
  ended_reason text,
  ends_on date,
  id uuid not null,
  person_id uuid not null,
  post_id uuid not null,
  seat integer not null,
  started_at timestamp with time zone not null,
  started_by_id uuid not null,
  started_on date not null
);
create table posters (
  building_id uuid not null,
  code text not null,
  community_id uuid not null,
  created_at timestamp with time zone not null,
  created_by_id uuid not null,
  ended_at timestamp with time zone
);
create table posts (
  code text not null,
  community_id uuid not null,
  created_at timestamp with time zone not null,
  duties jsonb default '{}'::jsonb not null,
  ended_at timestamp with time zone,
  id uuid not null,
  names jsonb not null,
  organisation_id uuid not null,
  "position" integer default 0 not null,
  seats integer default 1 not null,
  speaks_for boolean default false not null,
  term_months integer,
  version integer default 1 not null
);
create table project_answer_counts (
  community_id uuid not null,
  count integer not null,
  project_id uuid not null,
  question smallint not null,
  score smallint not null,
  seal text default ''::text not null
);
create table project_answer_roll (
  community_id uuid not null,
  person_id uuid not null,
  project_id uuid not null
);
create table project_beneficiaries (
  community_id uuid not null,
  named_at timestamp with time zone not null,
  named_by_id uuid not null,
  person_id uuid not null,
  project_id uuid not null
);
create table project_changes (
  after jsonb not null,
  asked_at timestamp with time zone not null,
  asked_by_id uuid not null,
  before jsonb not null,
  community_id uuid not null,
  decided_at timestamp with time zone,
  decided_by_id uuid,
  decided_reason text,
  id uuid not null,
  milestone_id uuid not null,
  project_id uuid not null,
  reason text not null,
  state text not null
);
create table project_files (
  community_id uuid not null,
  file_hash text not null,
  milestone_id uuid not null,
  project_id uuid not null,
  step_id uuid not null
);
create table project_milestones (
  community_id uuid not null,
  decided_at timestamp with time zone,
  due_on date not null,
  escalation smallint default 0 not null,
  id uuid not null,
  "position" integer not null,
  project_id uuid not null,
  spending_id uuid,
  state text not null,
  title text not null,
  tranche_fen bigint not null
);
create table project_risks (
  closed_at timestamp with time zone,
  closed_by_id uuid,
  closed_reason text,
  community_id uuid not null,
  id uuid not null,
  opened_at timestamp with time zone not null,
  opened_by_id uuid not null,
  project_id uuid not null,
  response text not null,
  risk text not null
);
create table project_signatures (
  agreement_version integer not null,
  community_id uuid not null,
  person_id uuid not null,
  project_id uuid not null,
  side text not null,
  signed_at timestamp with time zone not null
);
create table project_steps (
  actor_id uuid not null,
  at timestamp with time zone not null,
  community_id uuid not null,
  data jsonb default '{}'::jsonb not null,
  id uuid not null,
  milestone_id uuid,
  on_behalf_of_id uuid,
  project_id uuid not null,
  public_note text,
  step text not null
);
create table projects (
  agreement jsonb,
  agreement_version integer default 0 not null,
  bank_account_id uuid,
  begun_at timestamp with time zone,
  budget_fen bigint not null,
  budget_line_id uuid,
  community_id uuid not null,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  id uuid not null,
  organisation_id uuid,
  proposal_id uuid not null,
  round_id uuid not null,
  spending_category text,
  state text not null,
  version integer default 1 not null
);
create table proposal_sponsors (
  community_id uuid not null,
  person_id uuid not null,
  proposal_id uuid not null
);
create table proposal_steps (
  actor_id uuid not null,
  at timestamp with time zone not null,
  community_id uuid not null,
  data jsonb default '{}'::jsonb not null,
  id uuid not null,
  on_behalf_of_id uuid,
  proposal_id uuid not null,
  public_note text,
  step text not null
);
create table proposals (
  asked_fen bigint not null,
  body text default ''::text not null,
  category text not null,
  community_id uuid not null,
  created_at timestamp with time zone not null,
  id uuid not null,
  merged_into_id uuid,
  number integer not null,
  organisation_id uuid,
  pabulib_id text not null,
  proposer_id uuid,
  reviewed_fen bigint,
  round_id uuid not null,
  state text not null,
  summary text default ''::text not null,
  title text not null,
  version integer default 1 not null
);
create table proxies (
  agreed_at timestamp with time zone,
  agreed_how text,
  asked_at timestamp with time zone not null,
  community_id uuid not null,
  ended_at timestamp with time zone,
  id uuid not null,
  proxy_id uuid not null,
  relation text not null,
  subject_id uuid not null
);
create table published_ballots (
  ballot text not null,
  code_hash text not null,
  community_id uuid not null,
  outcome jsonb not null,
  round_id uuid not null
);
create table push_subscriptions (
  community_id uuid not null,
  created_at timestamp with time zone not null,
  endpoint_fingerprint bytea not null,
  id uuid not null,
  person_id uuid not null,
  service_host text not null,
  subscription_sealed bytea not null
);
create table receipt_numbers (
  community_id uuid not null,
  last_number integer not null,
  year integer not null
);
create table receipts (
  actor_id uuid not null,
  answer jsonb not null,
  command text not null,
  community_id uuid not null,
  created_at timestamp with time zone not null,
  id uuid not null,
  input_hash bytea not null
);
create table replaced_ballots (
  community_id uuid not null,
  proof text not null,
  round_id uuid not null,
  seal text not null
);
create table request_followers (
  because text not null,
  community_id uuid not null,
  ended_at timestamp with time zone,
  person_id uuid not null,
  request_id uuid not null,
  since timestamp with time zone not null
);
create table request_helpers (
  answer text,
  answered_at timestamp with time zone,
  asked_at timestamp with time zone not null,
  asked_by_id uuid not null,
  asked_for text not null,
  community_id uuid not null,
  ended_at timestamp with time zone,
  id uuid not null,
  organisation_id uuid,
  person_id uuid,
  request_id uuid not null
);
create table request_photos (
  added_at timestamp with time zone not null,
  added_by_id uuid not null,
  community_id uuid not null,
  file_hash text not null,
  hidden_at timestamp with time zone,
  is_public boolean not null,
  moment text not null,
  request_id uuid not null
);
create table request_steps (
  actor_id uuid not null,
  at timestamp with time zone not null,
  community_id uuid not null,
  data jsonb default '{}'::jsonb not null,
  due_at timestamp with time zone,
  from_state text,
  id uuid not null,
  on_behalf_of_id uuid,
  owner_id uuid,
  private_note text,
  public_note text,
  request_id uuid not null,
  step text not null,
  to_state text not null
);
create table requests (
  address_text text,
  answered_at timestamp with time zone,
  building_id uuid,
  categorised_by jsonb,
  category_id uuid not null,
  changed_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  community_id uuid not null,
  details jsonb default '{}'::jsonb not null,
  due_at timestamp with time zone,
  escalation integer default 0 not null,
  grid_id uuid,
  household_id uuid,
  id uuid not null,
  intake text not null,
  is_public boolean not null,
  joined_into_id uuid,
  kind text not null,
  latitude double precision,
  longitude double precision,
  number bigint default nextval('request_number_seq'::regclass) not null,
  original_due_at timestamp with time zone not null,
  owner_id uuid,
  owner_organisation_id uuid,
  paused_at timestamp with time zone,
  pauses jsonb default '[]'::jsonb not null,
  public_text text,
  recorded_by_id uuid not null,
  reopened_count integer default 0 not null,
  reporter_contact_masked text,
  reporter_contact_sealed bytea,
  reporter_id uuid,
  responded_at timestamp with time zone,
  response_due_at timestamp with time zone not null,
  routed_by jsonb default '{}'::jsonb not null,
  search tsvector default ''::tsvector not null,
  split_from_id uuid,
  stars integer,
  state text not null,
  submitted_at timestamp with time zone not null,
  text text not null,
  version integer default 1 not null,
  wants_public boolean default false not null
);
create table residence_disputes (
  claimant_id uuid not null,
  community_id uuid not null,
  decision text,
  decision_reason text,
  household_id uuid not null,
  id uuid not null,
  kind text not null,
  member_id uuid not null,
  opened_at timestamp with time zone not null,
  other_id uuid not null,
  settled_at timestamp with time zone,
  settled_by_id uuid
);
create table resolutions (
  community_id uuid not null,
  due_on date not null,
  id uuid not null,
  meeting_id uuid not null,
  motion_id uuid not null,
  number integer not null,
  organisation_id uuid not null,
  owner_organisation_id uuid,
  owner_post_id uuid,
  request_id uuid not null,
  resolved_at timestamp with time zone not null,
  resolved_by_id uuid not null,
  texts jsonb not null,
  titles jsonb not null
);
create table role_grants (
  community_id uuid not null,
  ended_at timestamp with time zone,
  granted_by_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  role text not null,
  scope_id uuid,
  scope_kind text default 'community'::text not null,
  started_at timestamp with time zone not null
);
create table round_doors (
  added_at timestamp with time zone not null,
  community_id uuid not null,
  due_on date not null,
  household_id uuid not null,
  needs_two boolean default false not null,
  occasion text not null,
  off_at timestamp with time zone,
  off_because text,
  "position" integer not null,
  reason text not null,
  round_id uuid not null
);
create table rounds (
  budget_minutes integer not null,
  community_id uuid not null,
  ended_at timestamp with time zone,
  id uuid not null,
  planned_at timestamp with time zone not null,
  planned_by_id uuid not null,
  planned_on date not null,
  starts_at timestamp with time zone not null,
  version integer default 1 not null,
  walk_by text,
  walk_metres integer not null,
  worker_id uuid not null
);
create table routing_rules (
  building_id uuid,
  category_id uuid,
  changed_by_id uuid not null,
  community_id uuid not null,
  ended_at timestamp with time zone,
  grid_id uuid,
  id uuid not null,
  number integer not null,
  outside_working_hours boolean,
  owner_id uuid,
  owner_kind text not null,
  "position" integer not null,
  reason text not null,
  started_at timestamp with time zone not null
);
create table safety_notes (
  community_id uuid not null,
  ended_at timestamp with time zone,
  ended_by_id uuid,
  expires_on date not null,
  household_id uuid not null,
  id uuid not null,
  note_sealed bytea not null,
  written_at timestamp with time zone not null,
  written_by_id uuid not null
);
create table saved_filters (
  community_id uuid not null,
  filters text not null,
  id uuid not null,
  list text not null,
  name text not null,
  person_id uuid not null,
  saved_at timestamp with time zone not null
);
create table schema_migrations (
  applied_at timestamp with time zone not null,
  name text not null,
  sha256 text not null,
  version integer not null
);
create table spaces (
  building_id uuid,
  capacity integer not null,
  community_id uuid not null,
  ended_at timestamp with time zone,
  house_rules jsonb default '{}'::jsonb not null,
  id uuid not null,
  names jsonb not null,
  opening jsonb not null
);
create table speaking_turns (
  asked_at timestamp with time zone not null,
  community_id uuid not null,
  ended_at timestamp with time zone,
  id uuid not null,
  left_at timestamp with time zone,
  number integer not null,
  person_id uuid,
  session_id uuid not null,
  shown_name text,
  started_at timestamp with time zone,
  topic_id uuid
);
create table speech_marks (
  community_id uuid not null,
  marked_at timestamp with time zone not null,
  person_id uuid not null,
  speech_id uuid not null,
  withdrawn_at timestamp with time zone
);
create table speech_photos (
  community_id uuid not null,
  file_hash text not null,
  "position" integer not null,
  speech_id uuid not null
);
create table speeches (
  community_id uuid not null,
  id uuid not null,
  quote text,
  reply_to_id uuid,
  said_at timestamp with time zone not null,
  search tsvector default ''::tsvector not null,
  speaker_id uuid not null,
  speaker_is_verified boolean not null,
  state text not null,
  text text not null,
  topic_id uuid not null
);
create table spending_approvals (
  approver_id uuid not null,
  at timestamp with time zone not null,
  community_id uuid not null,
  spending_id uuid not null
);
create table spending_files (
  community_id uuid not null,
  file_hash text not null,
  spending_id uuid not null
);
create table spendings (
  amount_fen bigint not null,
  approvals_needed integer not null,
  category text not null,
  community_id uuid not null,
  credit_account_id uuid not null,
  debit_account_id uuid not null,
  decided_at timestamp with time zone,
  id uuid not null,
  is_payee_public boolean not null,
  is_photo_public boolean default false not null,
  kind text not null,
  payee_id uuid,
  payee_name_sealed bytea not null,
  purpose text not null,
  refused_by_id uuid,
  refused_reason text,
  requested_at timestamp with time zone not null,
  requested_by_id uuid not null,
  state text default 'waiting'::text not null,
  transfer_id uuid
);
create table statements (
  community_id uuid not null,
  id uuid not null,
  number integer not null,
  state text not null,
  text text not null,
  topic_id uuid not null,
  written_at timestamp with time zone not null,
  written_by_id uuid not null
);
create table tombstones (
  community_id uuid not null,
  deleted_at timestamp with time zone not null,
  ground text not null,
  id uuid not null,
  kind text not null,
  person_id uuid not null,
  thing_id uuid not null
);
create table topics (
  community_id uuid not null,
  concluded_at timestamp with time zone,
  concluded_by_id uuid,
  id uuid not null,
  outcome text,
  raised_at timestamp with time zone not null,
  raised_by_id uuid not null,
  search tsvector default ''::tsvector not null,
  session_id uuid,
  spoken_at timestamp with time zone not null,
  state text not null,
  summary text,
  text text not null,
  title text not null,
  version integer default 1 not null
);
create table transfers (
  actor_id uuid not null,
  amount_fen bigint not null,
  at timestamp with time zone not null,
  batch_id uuid not null,
  category text,
  cause_id uuid,
  cause_kind text,
  community_id uuid not null,
  credit_account_id uuid not null,
  credit_balance_fen bigint not null,
  debit_account_id uuid not null,
  debit_balance_fen bigint not null,
  effective_on date not null,
  flow text not null,
  id uuid not null,
  kind text not null,
  pending_id uuid,
  reason text,
  reverses_id uuid,
  sequence bigint generated always as identity not null
);
create table uploads (
  begun_at timestamp with time zone not null,
  byte_count integer not null,
  community_id uuid not null,
  file_hash text,
  finished_at timestamp with time zone,
  kind text not null,
  refused_as text,
  source_hash text not null,
  uploaded_by_id uuid not null
);
create table venture_results (
  community_id uuid not null,
  file_sha256 text not null,
  file_text text not null,
  outcome jsonb not null,
  published_at timestamp with time zone not null,
  round_id uuid not null
);
create table venture_rounds (
  box_salt text,
  closed_at timestamp with time zone,
  community_id uuid not null,
  created_at timestamp with time zone not null,
  created_by_id uuid not null,
  frozen_at timestamp with time zone,
  frozen_sha256 text,
  frozen_text text,
  id uuid not null,
  is_imported boolean default false not null,
  names jsonb not null,
  number integer not null,
  rules jsonb not null,
  version integer default 1 not null
);
create table visit_conflicts (
  changes text[] default '{}'::text[] not null,
  community_id uuid not null,
  decided_at timestamp with time zone,
  decided_by_id uuid,
  decision text,
  decision_reason text,
  found_at timestamp with time zone not null,
  household_id uuid not null,
  id uuid not null,
  kind text not null,
  other_visit_id uuid,
  set_aside_visit_id uuid,
  visit_id uuid not null
);
create table visit_files (
  community_id uuid not null,
  kind text not null,
  "position" integer not null,
  source_hash text not null,
  visit_id uuid not null
);
create table visit_needs (
  community_id uuid not null,
  kind text not null,
  promised_on date,
  request_id uuid not null,
  settled text not null,
  visit_id uuid not null
);
create table visits (
  asked text[] default '{}'::text[] not null,
  building_id uuid not null,
  clock_is_skewed boolean default false not null,
  come_again_on date,
  community_id uuid not null,
  companion_id uuid,
  device_at timestamp with time zone,
  device_id uuid,
  device_offset_seconds integer,
  device_order integer,
  grid_id uuid,
  household_id uuid not null,
  id uuid not null,
  knocked_at timestamp with time zone not null,
  knocked_on date not null,
  letter_delivered boolean default false not null,
  needed_two boolean default false not null,
  note_sealed bytea,
  occasion text not null,
  outcome text not null,
  packed_at timestamp with time zone,
  received_at timestamp with time zone not null,
  reply_brought_back boolean default false not null,
  round_id uuid,
  seen text[] default '{}'::text[] not null,
  worker_id uuid not null
);
create table vocabulary_changes (
  changed_at timestamp with time zone not null,
  changed_by_id uuid not null,
  code text not null,
  community_id uuid not null,
  data jsonb,
  descriptions jsonb,
  is_reset boolean default false not null,
  is_used boolean default true not null,
  kind text not null,
  names jsonb,
  version integer not null
);
create table vote_ballots (
  code_hash text not null,
  community_id uuid not null,
  option text not null,
  seal text default ''::text not null,
  vote_event_id uuid not null
);
create table vote_events (
  ballot text not null,
  box_salt text,
  closed_at timestamp with time zone,
  community_id uuid not null,
  counts jsonb,
  id uuid not null,
  meeting_id uuid not null,
  motion_id uuid not null,
  opened_at timestamp with time zone not null,
  result text
);
create table vote_papers (
  abstain integer not null,
  community_id uuid not null,
  entered_by_id uuid not null,
  no integer not null,
  vote_event_id uuid not null,
  voter_ids uuid[] not null,
  yes integer not null
);
create table vote_roll (
  channel text not null,
  community_id uuid not null,
  person_id uuid not null,
  vote_event_id uuid not null
);
create table voter_roll (
  channel text not null,
  community_id uuid not null,
  person_id uuid not null,
  round_id uuid not null
);
create table votes (
  cast_at timestamp with time zone not null,
  community_id uuid not null,
  option text not null,
  person_id uuid not null,
  recorded_by_id uuid not null,
  vote_event_id uuid not null
);
create table webhook_deliveries (
  attempts integer default 0 not null,
  community_id uuid not null,
  created_at timestamp with time zone not null,
  event_id uuid not null,
  id uuid not null,
  last_error text,
  response_status integer,
  sent_at timestamp with time zone,
  state text not null,
  webhook_id uuid not null
);
create table webhooks (
  community_id uuid not null,
  created_at timestamp with time zone not null,
  created_by_id uuid not null,
  ended_at timestamp with time zone,
  event_kinds text[] not null,
  id uuid not null,
  secret_sealed bytea not null,
  told_until timestamp with time zone not null,
  url text not null
);

-- Constraints

alter table accounts add constraint accounts_category_check CHECK ((category ~ '^[a-z0-9_]{1,60}$'::text));
alter table accounts add constraint accounts_check CHECK (((NOT is_bounded) OR (side <> 'credit'::text) OR ((debits_posted_fen + debits_pending_fen) <= credits_posted_fen)));
alter table accounts add constraint accounts_check1 CHECK (((NOT is_bounded) OR (side <> 'debit'::text) OR ((credits_posted_fen + credits_pending_fen) <= debits_posted_fen)));
alter table accounts add constraint accounts_check2 CHECK (((kind = 'budget_line'::text) = (fund_id IS NOT NULL)));
alter table accounts add constraint accounts_check3 CHECK (((kind = 'advance'::text) = (holder_id IS NOT NULL)));
alter table accounts add constraint accounts_credits_pending_fen_check CHECK ((credits_pending_fen >= 0));
alter table accounts add constraint accounts_credits_posted_fen_check CHECK ((credits_posted_fen >= 0));
alter table accounts add constraint accounts_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text));
alter table accounts add constraint accounts_debits_pending_fen_check CHECK ((debits_pending_fen >= 0));
alter table accounts add constraint accounts_debits_posted_fen_check CHECK ((debits_posted_fen >= 0));
alter table accounts add constraint accounts_kind_check CHECK ((kind = ANY (ARRAY['bank'::text, 'fund'::text, 'budget_line'::text, 'advance'::text, 'income'::text, 'expense'::text])));
alter table accounts add constraint accounts_side_check CHECK ((side = ANY (ARRAY['debit'::text, 'credit'::text])));
alter table accounts add constraint accounts_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table accounts add constraint accounts_community_id_fund_id_fkey FOREIGN KEY (community_id, fund_id) REFERENCES accounts(community_id, id);
alter table accounts add constraint accounts_pkey PRIMARY KEY (community_id, id);
alter table advances add constraint advances_community_id_account_id_fkey FOREIGN KEY (community_id, account_id) REFERENCES accounts(community_id, id);
alter table advances add constraint advances_community_id_spending_id_fkey FOREIGN KEY (community_id, spending_id) REFERENCES spendings(community_id, id);
alter table advances add constraint advances_pkey PRIMARY KEY (community_id, spending_id);
alter table agenda_items add constraint agenda_items_check CHECK (((dropped_at IS NULL) = (dropped_reason IS NULL)));
alter table agenda_items add constraint agenda_items_dropped_reason_check CHECK ((char_length(dropped_reason) <= 1000));
alter table agenda_items add constraint agenda_items_position_check CHECK (("position" > 0));
alter table agenda_items add constraint agenda_items_community_id_meeting_id_fkey FOREIGN KEY (community_id, meeting_id) REFERENCES meetings(community_id, id);
alter table agenda_items add constraint agenda_items_pkey PRIMARY KEY (community_id, id);
alter table answer_templates add constraint answer_templates_community_id_category_id_fkey FOREIGN KEY (community_id, category_id) REFERENCES categories(community_id, id);
alter table answer_templates add constraint answer_templates_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table answer_templates add constraint answer_templates_pkey PRIMARY KEY (community_id, id);
alter table api_tokens add constraint api_tokens_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table api_tokens add constraint api_tokens_pkey PRIMARY KEY (community_id, id);
alter table api_tokens add constraint api_tokens_community_id_token_hash_key UNIQUE (community_id, token_hash);
alter table automatic_category_switches add constraint automatic_category_switches_reason_check CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 1000)));
alter table automatic_category_switches add constraint automatic_category_switches_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table automatic_category_switches add constraint automatic_category_switches_pkey PRIMARY KEY (community_id, id);
alter table ballots add constraint ballots_code_hash_check CHECK ((code_hash ~ '^[0-9a-f]{64}$'::text));
alter table ballots add constraint ballots_community_id_round_id_fkey FOREIGN KEY (community_id, round_id) REFERENCES venture_rounds(community_id, id);
alter table ballots add constraint ballots_pkey PRIMARY KEY (community_id, round_id, code_hash);
alter table bank_lines add constraint bank_lines_amount_fen_check CHECK ((amount_fen <> 0));
alter table bank_lines add constraint bank_lines_check CHECK (((state = 'left'::text) = (left_reason IS NOT NULL)));
alter table bank_lines add constraint bank_lines_state_check CHECK ((state = ANY (ARRAY['open'::text, 'matched'::text, 'left'::text])));
alter table bank_lines add constraint bank_lines_community_id_account_id_fkey FOREIGN KEY (community_id, account_id) REFERENCES accounts(community_id, id);
alter table bank_lines add constraint bank_lines_community_id_spending_id_fkey FOREIGN KEY (community_id, spending_id) REFERENCES spendings(community_id, id);
alter table bank_lines add constraint bank_lines_community_id_statement_id_fkey FOREIGN KEY (community_id, statement_id) REFERENCES bank_statements(community_id, id);
alter table bank_lines add constraint bank_lines_pkey PRIMARY KEY (community_id, id);
alter table bank_lines add constraint bank_lines_community_id_account_id_fingerprint_key UNIQUE (community_id, account_id, fingerprint);
alter table bank_matches add constraint bank_matches_community_id_line_id_fkey FOREIGN KEY (community_id, line_id) REFERENCES bank_lines(community_id, id);
alter table bank_matches add constraint bank_matches_community_id_transfer_id_fkey FOREIGN KEY (community_id, transfer_id) REFERENCES transfers(community_id, id);
alter table bank_matches add constraint bank_matches_pkey PRIMARY KEY (community_id, id);
alter table bank_statements add constraint bank_statements_file_sha256_check CHECK ((file_sha256 ~ '^[0-9a-f]{64}$'::text));
alter table bank_statements add constraint bank_statements_line_count_check CHECK ((line_count > 0));
alter table bank_statements add constraint bank_statements_new_count_check CHECK ((new_count >= 0));
alter table bank_statements add constraint bank_statements_community_id_account_id_fkey FOREIGN KEY (community_id, account_id) REFERENCES accounts(community_id, id);
alter table bank_statements add constraint bank_statements_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table bank_statements add constraint bank_statements_pkey PRIMARY KEY (community_id, id);
alter table buildings add constraint buildings_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table buildings add constraint buildings_community_id_grid_id_fkey FOREIGN KEY (community_id, grid_id) REFERENCES grids(community_id, id);
alter table buildings add constraint buildings_pkey PRIMARY KEY (community_id, id);
alter table buildings add constraint buildings_community_id_code_key UNIQUE (community_id, code);
alter table calendars add constraint calendars_pkey PRIMARY KEY (id);
alter table campaigns add constraint campaigns_check CHECK (((ends_on IS NULL) OR (ends_on >= starts_on)));
alter table campaigns add constraint campaigns_check1 CHECK (((subject = 'raising'::text) OR (NOT is_emergency)));
alter table campaigns add constraint campaigns_subject_check CHECK ((subject = ANY (ARRAY['raising'::text, 'project'::text])));
alter table campaigns add constraint campaigns_community_id_fund_id_fkey FOREIGN KEY (community_id, fund_id) REFERENCES accounts(community_id, id);
alter table campaigns add constraint campaigns_pkey PRIMARY KEY (community_id, id);
alter table care_circumstances add constraint care_circumstances_check CHECK ((expires_on > started_on));
alter table care_circumstances add constraint care_circumstances_check1 CHECK ((num_nonnulls(consent_id, legal_ground) = 1));
alter table care_circumstances add constraint care_circumstances_check2 CHECK (((ended_at IS NULL) = (end_reason IS NULL)));
alter table care_circumstances add constraint care_circumstances_end_reason_check CHECK ((end_reason = ANY (ARRAY['no_longer_so'::text, 'recorded_wrongly'::text, 'withdrawn'::text, 'moved_away'::text, 'erased'::text])));
alter table care_circumstances add constraint care_circumstances_kind_check CHECK ((kind ~ '^[a-z0-9_]{1,60}$'::text));
alter table care_circumstances add constraint care_circumstances_legal_ground_check CHECK ((legal_ground ~ '^[a-z_]{2,40}$'::text));
alter table care_circumstances add constraint care_circumstances_purpose_check CHECK ((purpose = ANY (ARRAY['care_visits'::text, 'care_emergencies'::text, 'care_benefits'::text])));
alter table care_circumstances add constraint care_circumstances_seen_by_check CHECK (((cardinality(seen_by) > 0) AND (seen_by <@ ARRAY['grid_worker'::text, 'desk_officer'::text, 'secretary'::text, 'handler'::text])));
alter table care_circumstances add constraint care_circumstances_community_id_consent_id_fkey FOREIGN KEY (community_id, consent_id) REFERENCES consents(community_id, id);
alter table care_circumstances add constraint care_circumstances_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table care_circumstances add constraint care_circumstances_community_id_person_id_fkey FOREIGN KEY (community_id, person_id) REFERENCES people(community_id, id);
alter table care_circumstances add constraint care_circumstances_pkey PRIMARY KEY (community_id, id);
alter table categories add constraint categories_code_check CHECK ((code ~ '^[a-z0-9_]{2,60}$'::text));
alter table categories add constraint categories_response_hours_check CHECK (((response_hours >= 1) AND (response_hours <= 2000)));
alter table categories add constraint categories_target_days_check CHECK (((target_days >= 1) AND (target_days <= 400)));
alter table categories add constraint categories_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table categories add constraint categories_pkey PRIMARY KEY (community_id, id);
alter table categories add constraint categories_community_id_code_key UNIQUE (community_id, code);
alter table category_models add constraint category_models_version_check CHECK ((version > 0));
alter table category_models add constraint category_models_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table category_models add constraint category_models_pkey PRIMARY KEY (community_id, version);
alter table chat_addresses add constraint chat_addresses_owner_kind_check CHECK ((owner_kind = ANY (ARRAY['person'::text, 'organisation'::text])));
alter table chat_addresses add constraint chat_addresses_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table chat_addresses add constraint chat_addresses_pkey PRIMARY KEY (community_id, id);
alter table chat_addresses add constraint chat_addresses_community_id_owner_id_key UNIQUE (community_id, owner_id);
alter table check_runs add constraint check_runs_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table check_runs add constraint check_runs_pkey PRIMARY KEY (community_id, id);
alter table closed_months add constraint closed_months_month_check CHECK ((EXTRACT(day FROM month) = (1)::numeric));
alter table closed_months add constraint closed_months_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table closed_months add constraint closed_months_pkey PRIMARY KEY (community_id, month);
alter table communities add constraint communities_slug_check CHECK ((slug ~ '^[a-z0-9-]{2,60}$'::text));
alter table communities add constraint communities_calendar_id_fkey FOREIGN KEY (calendar_id) REFERENCES calendars(id);
alter table communities add constraint communities_pkey PRIMARY KEY (id);
alter table communities add constraint communities_slug_key UNIQUE (slug);
alter table consent_texts add constraint consent_texts_purpose_check CHECK ((purpose ~ '^[a-z_]{2,40}$'::text));
alter table consent_texts add constraint consent_texts_version_check CHECK ((version > 1));
alter table consent_texts add constraint consent_texts_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table consent_texts add constraint consent_texts_pkey PRIMARY KEY (community_id, purpose, version);
alter table consents add constraint consents_check CHECK (((withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)));
alter table consents add constraint consents_given_how_check CHECK ((given_how = ANY (ARRAY['own_sign_in'::text, 'guardian'::text, 'said_at_door'::text, 'said_at_desk'::text, 'signed_paper'::text])));
alter table consents add constraint consents_purpose_check CHECK ((purpose ~ '^[a-z_]{2,40}$'::text));
alter table consents add constraint consents_text_version_check CHECK ((text_version > 0));
alter table consents add constraint consents_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table consents add constraint consents_community_id_person_id_fkey FOREIGN KEY (community_id, person_id) REFERENCES people(community_id, id);
alter table consents add constraint consents_pkey PRIMARY KEY (community_id, id);
alter table contact_points add constraint contact_points_kind_check CHECK ((kind = ANY (ARRAY['phone'::text, 'email'::text])));
alter table contact_points add constraint contact_points_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table contact_points add constraint contact_points_community_id_person_id_fkey FOREIGN KEY (community_id, person_id) REFERENCES people(community_id, id);
alter table contact_points add constraint contact_points_pkey PRIMARY KEY (community_id, id);
alter table corrections add constraint corrections_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'made'::text, 'refused'::text])));
alter table corrections add constraint corrections_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table corrections add constraint corrections_community_id_person_id_fkey FOREIGN KEY (community_id, person_id) REFERENCES people(community_id, id);
alter table corrections add constraint corrections_pkey PRIMARY KEY (community_id, id);
alter table council_rules add constraint council_rules_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table council_rules add constraint council_rules_community_id_organisation_id_fkey FOREIGN KEY (community_id, organisation_id) REFERENCES organisations(community_id, id);
alter table council_rules add constraint council_rules_pkey PRIMARY KEY (community_id, organisation_id);
alter table declared_interests add constraint declared_interests_reason_check CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 1000)));
alter table declared_interests add constraint declared_interests_community_id_agenda_item_id_fkey FOREIGN KEY (community_id, agenda_item_id) REFERENCES agenda_items(community_id, id);
alter table declared_interests add constraint declared_interests_community_id_meeting_id_fkey FOREIGN KEY (community_id, meeting_id) REFERENCES meetings(community_id, id);
alter table declared_interests add constraint declared_interests_community_id_motion_id_fkey FOREIGN KEY (community_id, motion_id) REFERENCES motions(community_id, id);
alter table declared_interests add constraint declared_interests_community_id_person_id_fkey FOREIGN KEY (community_id, person_id) REFERENCES people(community_id, id);
alter table declared_interests add constraint declared_interests_pkey PRIMARY KEY (community_id, id);
alter table deliveries add constraint deliveries_channel_check CHECK ((channel = ANY (ARRAY['sms'::text, 'email'::text, 'push'::text, 'chat'::text])));
alter table deliveries add constraint deliveries_locale_check CHECK ((locale = ANY (ARRAY['zh-CN'::text, 'en'::text])));
alter table deliveries add constraint deliveries_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'failed'::text, 'given_up'::text, 'not_needed'::text])));
alter table deliveries add constraint deliveries_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table deliveries add constraint deliveries_pkey PRIMARY KEY (community_id, id);
alter table delivery_notices add constraint delivery_notices_community_id_delivery_id_fkey FOREIGN KEY (community_id, delivery_id) REFERENCES deliveries(community_id, id);
alter table delivery_notices add constraint delivery_notices_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table delivery_notices add constraint delivery_notices_community_id_notice_id_fkey FOREIGN KEY (community_id, notice_id) REFERENCES notices(community_id, id);
alter table delivery_notices add constraint delivery_notices_pkey PRIMARY KEY (community_id, cause_id, recipient_id, channel);
alter table demo_seeds add constraint demo_seeds_pkey PRIMARY KEY (began_at);
alter table disclosures add constraint disclosures_kind_check CHECK ((kind = ANY (ARRAY['interim'::text, 'final'::text])));
alter table disclosures add constraint disclosures_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text));
alter table disclosures add constraint disclosures_community_id_campaign_id_fkey FOREIGN KEY (community_id, campaign_id) REFERENCES campaigns(community_id, id);
alter table disclosures add constraint disclosures_pkey PRIMARY KEY (community_id, id);
alter table disclosures add constraint disclosures_community_id_campaign_id_kind_until_on_key UNIQUE (community_id, campaign_id, kind, until_on);
alter table donations add constraint donations_amount_fen_check CHECK ((amount_fen > 0));
alter table donations add constraint donations_check CHECK (((kind = 'money'::text) = ((amount_fen IS NOT NULL) AND (fund_id IS NOT NULL) AND (transfer_id IS NOT NULL))));
alter table donations add constraint donations_check1 CHECK (((kind = 'hours'::text) = (hours IS NOT NULL)));
alter table donations add constraint donations_check2 CHECK (((kind <> 'goods'::text) OR (description IS NOT NULL)));
alter table donations add constraint donations_check3 CHECK (((budget_line_id IS NULL) OR ((kind = 'money'::text) AND (fund_id IS NOT NULL))));
alter table donations add constraint donations_hours_check CHECK ((hours > (0)::numeric));
alter table donations add constraint donations_kind_check CHECK ((kind = ANY (ARRAY['money'::text, 'goods'::text, 'hours'::text])));
alter table donations add constraint donations_receipt_number_check CHECK ((receipt_number > 0));
alter table donations add constraint donations_community_id_budget_line_id_fkey FOREIGN KEY (community_id, budget_line_id) REFERENCES accounts(community_id, id);
alter table donations add constraint donations_community_id_donor_id_fkey FOREIGN KEY (community_id, donor_id) REFERENCES donors(community_id, id);
alter table donations add constraint donations_community_id_fund_id_fkey FOREIGN KEY (community_id, fund_id) REFERENCES accounts(community_id, id);
alter table donations add constraint donations_community_id_transfer_id_fkey FOREIGN KEY (community_id, transfer_id) REFERENCES transfers(community_id, id);
alter table donations add constraint donations_pkey PRIMARY KEY (community_id, id);
alter table donations add constraint donations_community_id_receipt_year_receipt_number_key UNIQUE (community_id, receipt_year, receipt_number);
alter table donations add constraint donations_community_id_transfer_id_key UNIQUE (community_id, transfer_id);
alter table donors add constraint donors_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table donors add constraint donors_pkey PRIMARY KEY (community_id, id);
alter table door_terms add constraint door_terms_reason_check CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 300)));
alter table door_terms add constraint door_terms_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table door_terms add constraint door_terms_community_id_household_id_fkey FOREIGN KEY (community_id, household_id) REFERENCES households(community_id, id);
alter table door_terms add constraint door_terms_community_id_worker_id_fkey FOREIGN KEY (community_id, worker_id) REFERENCES people(community_id, id);
alter table door_terms add constraint door_terms_pkey PRIMARY KEY (community_id, id);
alter table download_parts add constraint download_parts_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table download_parts add constraint download_parts_pkey PRIMARY KEY (community_id, download_id, part);
alter table downloads add constraint downloads_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'ready'::text, 'failed'::text])));
alter table downloads add constraint downloads_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table downloads add constraint downloads_pkey PRIMARY KEY (community_id, id);
alter table events add constraint events_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table events add constraint events_pkey PRIMARY KEY (community_id, id);
alter table facilities add constraint facilities_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table facilities add constraint facilities_pkey PRIMARY KEY (community_id, id);
alter table file_reads add constraint file_reads_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table file_reads add constraint file_reads_pkey PRIMARY KEY (community_id, id);
alter table file_uploaders add constraint file_uploaders_community_id_file_hash_fkey FOREIGN KEY (community_id, file_hash) REFERENCES files(community_id, hash);
alter table file_uploaders add constraint file_uploaders_pkey PRIMARY KEY (community_id, file_hash, uploaded_by_id);
alter table files add constraint files_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table files add constraint files_pkey PRIMARY KEY (community_id, hash);
alter table forum_sessions add constraint forum_sessions_cancelled_reason_check CHECK ((char_length(cancelled_reason) <= 1000));
alter table forum_sessions add constraint forum_sessions_check CHECK ((ends_at > starts_at));
alter table forum_sessions add constraint forum_sessions_check1 CHECK (((held = 'online'::text) OR (place_text IS NOT NULL)));
alter table forum_sessions add constraint forum_sessions_check2 CHECK (((cancelled_at IS NULL) = (cancelled_reason IS NULL)));
alter table forum_sessions add constraint forum_sessions_held_check CHECK ((held = ANY (ARRAY['on_site'::text, 'online'::text, 'both'::text])));
alter table forum_sessions add constraint forum_sessions_online_url_check CHECK (((online_url ~ '^https://'::text) AND (char_length(online_url) <= 400)));
alter table forum_sessions add constraint forum_sessions_place_text_check CHECK ((char_length(place_text) <= 200));
alter table forum_sessions add constraint forum_sessions_speech_seconds_check CHECK (((speech_seconds >= 30) AND (speech_seconds <= 1800)));
alter table forum_sessions add constraint forum_sessions_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table forum_sessions add constraint forum_sessions_community_id_secretary_id_fkey FOREIGN KEY (community_id, secretary_id) REFERENCES people(community_id, id);
alter table forum_sessions add constraint forum_sessions_pkey PRIMARY KEY (community_id, id);
alter table grant_instalments add constraint grant_instalments_amount_fen_check CHECK ((amount_fen > 0));
alter table grant_instalments add constraint grant_instalments_check CHECK (((met_at IS NULL) = (met_by_id IS NULL)));
alter table grant_instalments add constraint grant_instalments_check1 CHECK (((spending_id IS NULL) OR (transfer_id IS NULL)));
alter table grant_instalments add constraint grant_instalments_number_check CHECK ((number > 0));
alter table grant_instalments add constraint grant_instalments_community_id_grant_id_fkey FOREIGN KEY (community_id, grant_id) REFERENCES grants(community_id, id);
alter table grant_instalments add constraint grant_instalments_community_id_spending_id_fkey FOREIGN KEY (community_id, spending_id) REFERENCES spendings(community_id, id);
alter table grant_instalments add constraint grant_instalments_community_id_transfer_id_fkey FOREIGN KEY (community_id, transfer_id) REFERENCES transfers(community_id, id);
alter table grant_instalments add constraint grant_instalments_pkey PRIMARY KEY (community_id, grant_id, number);
alter table grants add constraint grants_amount_fen_check CHECK ((amount_fen >= 0));
alter table grants add constraint grants_check CHECK (((source IS NOT NULL) OR (fund_id IS NOT NULL)));
alter table grants add constraint grants_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text));
alter table grants add constraint grants_direction_check CHECK ((direction = ANY (ARRAY['given'::text, 'received'::text])));
alter table grants add constraint grants_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table grants add constraint grants_community_id_fund_id_fkey FOREIGN KEY (community_id, fund_id) REFERENCES accounts(community_id, id);
alter table grants add constraint grants_pkey PRIMARY KEY (community_id, id);
alter table grants add constraint grants_community_id_identifier_key UNIQUE (community_id, identifier);
alter table grid_terms add constraint grid_terms_duty_check CHECK ((duty = ANY (ARRAY['grid_worker'::text, 'grid_leader'::text])));
alter table grid_terms add constraint grid_terms_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table grid_terms add constraint grid_terms_community_id_grid_id_fkey FOREIGN KEY (community_id, grid_id) REFERENCES grids(community_id, id);
alter table grid_terms add constraint grid_terms_pkey PRIMARY KEY (community_id, id);
alter table grids add constraint grids_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table grids add constraint grids_pkey PRIMARY KEY (community_id, id);
alter table grids add constraint grids_community_id_code_key UNIQUE (community_id, code);
alter table household_members add constraint household_members_relation_check CHECK ((relation = ANY (ARRAY['head'::text, 'member'::text, 'tenant'::text, 'guest'::text])));
alter table household_members add constraint household_members_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table household_members add constraint household_members_community_id_household_id_fkey FOREIGN KEY (community_id, household_id) REFERENCES households(community_id, id);
alter table household_members add constraint household_members_community_id_person_id_fkey FOREIGN KEY (community_id, person_id) REFERENCES people(community_id, id);
alter table household_members add constraint household_members_pkey PRIMARY KEY (community_id, id);
alter table households add constraint households_community_id_building_id_fkey FOREIGN KEY (community_id, building_id) REFERENCES buildings(community_id, id);
alter table households add constraint households_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table households add constraint households_pkey PRIMARY KEY (community_id, id);
alter table households add constraint households_community_id_building_id_unit_door_key UNIQUE (community_id, building_id, unit, door);
alter table knock_wishes add constraint knock_wishes_check CHECK (((wish = 'only_between'::text) = ((from_minute IS NOT NULL) AND (until_minute IS NOT NULL))));
alter table knock_wishes add constraint knock_wishes_check1 CHECK ((from_minute < until_minute));
alter table knock_wishes add constraint knock_wishes_from_minute_check CHECK (((from_minute >= 0) AND (from_minute <= 1439)));
alter table knock_wishes add constraint knock_wishes_until_minute_check CHECK (((until_minute >= 1) AND (until_minute <= 1440)));
alter table knock_wishes add constraint knock_wishes_wish_check CHECK ((wish = ANY (ARRAY['no_knock'::text, 'only_between'::text])));
alter table knock_wishes add constraint knock_wishes_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table knock_wishes add constraint knock_wishes_community_id_household_id_fkey FOREIGN KEY (community_id, household_id) REFERENCES households(community_id, id);
alter table knock_wishes add constraint knock_wishes_pkey PRIMARY KEY (community_id, id);
alter table letter_campaigns add constraint letter_campaigns_valid_days_check CHECK (((valid_days >= 7) AND (valid_days <= 180)));
alter table letter_campaigns add constraint letter_campaigns_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table letter_campaigns add constraint letter_campaigns_pkey PRIMARY KEY (community_id, id);
alter table letter_claims add constraint letter_claims_outcome_check CHECK ((outcome = ANY (ARRAY['verified'::text, 'waiting'::text, 'disputed'::text])));
alter table letter_claims add constraint letter_claims_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table letter_claims add constraint letter_claims_community_id_letter_id_fkey FOREIGN KEY (community_id, letter_id) REFERENCES letters(community_id, id);
alter table letter_claims add constraint letter_claims_pkey PRIMARY KEY (community_id, letter_id, person_id);
alter table letter_replies add constraint letter_replies_check CHECK (((answered_at IS NULL) = (answered_by_id IS NULL)));
alter table letter_replies add constraint letter_replies_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table letter_replies add constraint letter_replies_community_id_letter_id_fkey FOREIGN KEY (community_id, letter_id) REFERENCES letters(community_id, id);
alter table letter_replies add constraint letter_replies_pkey PRIMARY KEY (community_id, id);
alter table letter_tries add constraint letter_tries_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table letter_tries add constraint letter_tries_pkey PRIMARY KEY (community_id, id);
alter table letters add constraint letters_delivered_how_check CHECK ((delivered_how = ANY (ARRAY['at_knock'::text, 'in_letterbox'::text])));
alter table letters add constraint letters_community_id_campaign_id_fkey FOREIGN KEY (community_id, campaign_id) REFERENCES letter_campaigns(community_id, id);
alter table letters add constraint letters_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table letters add constraint letters_community_id_household_id_fkey FOREIGN KEY (community_id, household_id) REFERENCES households(community_id, id);
alter table letters add constraint letters_pkey PRIMARY KEY (community_id, id);
alter table letters add constraint letters_community_id_campaign_id_household_id_key UNIQUE (community_id, campaign_id, household_id);
alter table links add constraint links_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table links add constraint links_pkey PRIMARY KEY (community_id, from_kind, from_id, relation, to_kind, to_id);
alter table log_heads add constraint log_heads_root_check CHECK ((length(root) = 32));
alter table log_heads add constraint log_heads_size_check CHECK ((size >= 0));
alter table log_heads add constraint log_heads_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table log_heads add constraint log_heads_pkey PRIMARY KEY (community_id, size);
alter table log_leaves add constraint log_leaves_leaf_hash_check CHECK ((length(leaf_hash) = 32));
alter table log_leaves add constraint log_leaves_leaf_index_check CHECK ((leaf_index >= 0));
alter table log_leaves add constraint log_leaves_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table log_leaves add constraint log_leaves_pkey PRIMARY KEY (community_id, leaf_index);
alter table log_leaves add constraint log_leaves_community_id_event_id_key UNIQUE (community_id, event_id);
alter table log_nodes add constraint log_nodes_hash_check CHECK ((length(hash) = 32));
alter table log_nodes add constraint log_nodes_level_check CHECK ((level > 0));
alter table log_nodes add constraint log_nodes_node_index_check CHECK ((node_index >= 0));
alter table log_nodes add constraint log_nodes_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table log_nodes add constraint log_nodes_pkey PRIMARY KEY (community_id, level, node_index);
alter table login_attempts add constraint login_attempts_pkey PRIMARY KEY (id);
alter table login_challenges add constraint login_challenges_pkey PRIMARY KEY (id);
alter table login_codes add constraint login_codes_pkey PRIMARY KEY (id);
alter table login_passkeys add constraint login_passkeys_login_id_fkey FOREIGN KEY (login_id) REFERENCES logins(id);
alter table login_passkeys add constraint login_passkeys_pkey PRIMARY KEY (id);
alter table login_sessions add constraint login_sessions_login_id_fkey FOREIGN KEY (login_id) REFERENCES logins(id);
alter table login_sessions add constraint login_sessions_pkey PRIMARY KEY (token_hash);
alter table logins add constraint logins_pkey PRIMARY KEY (id);
alter table logins add constraint logins_login_name_key UNIQUE (login_name);
alter table logins add constraint logins_phone_fingerprint_key UNIQUE (phone_fingerprint);
alter table map_layers add constraint map_layers_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table map_layers add constraint map_layers_pkey PRIMARY KEY (community_id, layer);
alter table meeting_attendances add constraint meeting_attendances_community_id_meeting_id_fkey FOREIGN KEY (community_id, meeting_id) REFERENCES meetings(community_id, id);
alter table meeting_attendances add constraint meeting_attendances_community_id_person_id_fkey FOREIGN KEY (community_id, person_id) REFERENCES people(community_id, id);
alter table meeting_attendances add constraint meeting_attendances_pkey PRIMARY KEY (community_id, meeting_id, person_id, arrived_at);
alter table meeting_entries add constraint meeting_entries_kind_check CHECK ((kind = ANY (ARRAY['said'::text, 'ruling'::text])));
alter table meeting_entries add constraint meeting_entries_number_check CHECK ((number > 0));
alter table meeting_entries add constraint meeting_entries_community_id_agenda_item_id_fkey FOREIGN KEY (community_id, agenda_item_id) REFERENCES agenda_items(community_id, id);
alter table meeting_entries add constraint meeting_entries_community_id_meeting_id_fkey FOREIGN KEY (community_id, meeting_id) REFERENCES meetings(community_id, id);
alter table meeting_entries add constraint meeting_entries_community_id_motion_id_fkey FOREIGN KEY (community_id, motion_id) REFERENCES motions(community_id, id);
alter table meeting_entries add constraint meeting_entries_pkey PRIMARY KEY (community_id, id);
alter table meeting_entry_texts add constraint meeting_entry_texts_reason_check CHECK ((char_length(reason) <= 400));
alter table meeting_entry_texts add constraint meeting_entry_texts_version_check CHECK ((version > 0));
alter table meeting_entry_texts add constraint meeting_entry_texts_community_id_entry_id_fkey FOREIGN KEY (community_id, entry_id) REFERENCES meeting_entries(community_id, id);
alter table meeting_entry_texts add constraint meeting_entry_texts_pkey PRIMARY KEY (community_id, entry_id, version);
alter table meeting_papers add constraint meeting_papers_check CHECK ((num_nonnulls(text, file_hash) = 1));
alter table meeting_papers add constraint meeting_papers_text_check CHECK (((char_length(text) >= 1) AND (char_length(text) <= 20000)));
alter table meeting_papers add constraint meeting_papers_title_check CHECK (((char_length(title) >= 1) AND (char_length(title) <= 120)));
alter table meeting_papers add constraint meeting_papers_community_id_agenda_item_id_fkey FOREIGN KEY (community_id, agenda_item_id) REFERENCES agenda_items(community_id, id);
alter table meeting_papers add constraint meeting_papers_community_id_file_hash_fkey FOREIGN KEY (community_id, file_hash) REFERENCES files(community_id, hash);
alter table meeting_papers add constraint meeting_papers_community_id_meeting_id_fkey FOREIGN KEY (community_id, meeting_id) REFERENCES meetings(community_id, id);
alter table meeting_papers add constraint meeting_papers_pkey PRIMARY KEY (community_id, id);
alter table meetings add constraint meetings_cancelled_reason_check CHECK ((char_length(cancelled_reason) <= 1000));
alter table meetings add constraint meetings_check CHECK ((ends_at > starts_at));
alter table meetings add constraint meetings_check1 CHECK (((cancelled_at IS NULL) = (cancelled_reason IS NULL)));
alter table meetings add constraint meetings_check2 CHECK (((opened_at IS NULL) OR ((called_at IS NOT NULL) AND (rules IS NOT NULL) AND (chair_id IS NOT NULL))));
alter table meetings add constraint meetings_check3 CHECK (((closed_at IS NULL) OR (opened_at IS NOT NULL)));
alter table meetings add constraint meetings_check4 CHECK (((minutes_adopted_at IS NULL) OR (closed_at IS NOT NULL)));
alter table meetings add constraint meetings_check5 CHECK (((minutes_published_at IS NULL) OR ((minutes_adopted_at IS NOT NULL) AND (minutes_text IS NOT NULL) AND (minutes_sha256 IS NOT NULL))));
alter table meetings add constraint meetings_minutes_sha256_check CHECK ((minutes_sha256 ~ '^[0-9a-f]{64}$'::text));
alter table meetings add constraint meetings_place_text_check CHECK (((char_length(place_text) >= 1) AND (char_length(place_text) <= 200)));
alter table meetings add constraint meetings_community_id_chair_id_fkey FOREIGN KEY (community_id, chair_id) REFERENCES people(community_id, id);
alter table meetings add constraint meetings_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table meetings add constraint meetings_community_id_organisation_id_fkey FOREIGN KEY (community_id, organisation_id) REFERENCES organisations(community_id, id);
alter table meetings add constraint meetings_pkey PRIMARY KEY (community_id, id);
alter table memberships add constraint memberships_check CHECK ((num_nonnulls(person_id, member_organisation_id) = 1));
alter table memberships add constraint memberships_check1 CHECK ((member_organisation_id <> organisation_id));
alter table memberships add constraint memberships_community_id_member_organisation_id_fkey FOREIGN KEY (community_id, member_organisation_id) REFERENCES organisations(community_id, id);
alter table memberships add constraint memberships_community_id_organisation_id_fkey FOREIGN KEY (community_id, organisation_id) REFERENCES organisations(community_id, id);
alter table memberships add constraint memberships_community_id_person_id_fkey FOREIGN KEY (community_id, person_id) REFERENCES people(community_id, id);
alter table memberships add constraint memberships_pkey PRIMARY KEY (community_id, id);
alter table minute_entries add constraint minute_entries_shown_name_check CHECK (((char_length(shown_name) >= 1) AND (char_length(shown_name) <= 40)));
alter table minute_entries add constraint minute_entries_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table minute_entries add constraint minute_entries_community_id_session_id_fkey FOREIGN KEY (community_id, session_id) REFERENCES forum_sessions(community_id, id);
alter table minute_entries add constraint minute_entries_community_id_speaker_id_fkey FOREIGN KEY (community_id, speaker_id) REFERENCES people(community_id, id);
alter table minute_entries add constraint minute_entries_community_id_topic_id_fkey FOREIGN KEY (community_id, topic_id) REFERENCES topics(community_id, id);
alter table minute_entries add constraint minute_entries_pkey PRIMARY KEY (community_id, id);
alter table minute_entries add constraint minute_entries_community_id_session_id_number_key UNIQUE (community_id, session_id, number);
alter table minute_texts add constraint minute_texts_reason_check CHECK ((char_length(reason) <= 400));
alter table minute_texts add constraint minute_texts_text_check CHECK (((char_length(text) >= 1) AND (char_length(text) <= 4000)));
alter table minute_texts add constraint minute_texts_community_id_entry_id_fkey FOREIGN KEY (community_id, entry_id) REFERENCES minute_entries(community_id, id);
alter table minute_texts add constraint minute_texts_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table minute_texts add constraint minute_texts_pkey PRIMARY KEY (community_id, entry_id, version);
alter table moderation_steps add constraint moderation_steps_reason_check CHECK ((char_length(reason) <= 1000));
alter table moderation_steps add constraint moderation_steps_rule_check CHECK ((rule ~ '^[a-z_]{2,40}$'::text));
alter table moderation_steps add constraint moderation_steps_step_check CHECK ((step = ANY (ARRAY['approve'::text, 'refuse'::text, 'hide'::text, 'show_again'::text])));
alter table moderation_steps add constraint moderation_steps_subject_kind_check CHECK ((subject_kind = ANY (ARRAY['topic'::text, 'speech'::text, 'statement'::text])));
alter table moderation_steps add constraint moderation_steps_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table moderation_steps add constraint moderation_steps_community_id_topic_id_fkey FOREIGN KEY (community_id, topic_id) REFERENCES topics(community_id, id);
alter table moderation_steps add constraint moderation_steps_pkey PRIMARY KEY (community_id, id);
alter table monthly_spending add constraint monthly_spending_month_check CHECK ((EXTRACT(day FROM month) = (1)::numeric));
alter table monthly_spending add constraint monthly_spending_community_id_account_id_fkey FOREIGN KEY (community_id, account_id) REFERENCES accounts(community_id, id);
alter table monthly_spending add constraint monthly_spending_community_id_fund_id_fkey FOREIGN KEY (community_id, fund_id) REFERENCES accounts(community_id, id);
alter table monthly_spending add constraint monthly_spending_pkey PRIMARY KEY (community_id, fund_id, account_id, category, month);
alter table motion_texts add constraint motion_texts_text_check CHECK (((char_length(text) >= 1) AND (char_length(text) <= 6000)));
alter table motion_texts add constraint motion_texts_version_check CHECK ((version > 0));
alter table motion_texts add constraint motion_texts_community_id_amendment_id_fkey FOREIGN KEY (community_id, amendment_id) REFERENCES motions(community_id, id);
alter table motion_texts add constraint motion_texts_community_id_motion_id_fkey FOREIGN KEY (community_id, motion_id) REFERENCES motions(community_id, id);
alter table motion_texts add constraint motion_texts_pkey PRIMARY KEY (community_id, motion_id, version);
alter table motions add constraint motions_ballot_check CHECK ((ballot = ANY (ARRAY['open'::text, 'secret'::text])));
alter table motions add constraint motions_check CHECK (((amends_id IS NULL) = (amends_version IS NULL)));
alter table motions add constraint motions_check1 CHECK ((seconded_by_id <> moved_by_id));
alter table motions add constraint motions_majority_check CHECK ((majority ~ '^[a-z_]{2,40}$'::text));
alter table motions add constraint motions_number_check CHECK ((number > 0));
alter table motions add constraint motions_state_check CHECK ((state = ANY (ARRAY['moved'::text, 'seconded'::text, 'voting'::text, 'carried'::text, 'lost'::text, 'withdrawn'::text, 'ruled_out'::text])));
alter table motions add constraint motions_title_check CHECK (((char_length(title) >= 1) AND (char_length(title) <= 80)));
alter table motions add constraint motions_community_id_agenda_item_id_fkey FOREIGN KEY (community_id, agenda_item_id) REFERENCES agenda_items(community_id, id);
alter table motions add constraint motions_community_id_amends_id_fkey FOREIGN KEY (community_id, amends_id) REFERENCES motions(community_id, id);
alter table motions add constraint motions_community_id_meeting_id_fkey FOREIGN KEY (community_id, meeting_id) REFERENCES meetings(community_id, id);
alter table motions add constraint motions_community_id_moved_by_id_fkey FOREIGN KEY (community_id, moved_by_id) REFERENCES people(community_id, id);
alter table motions add constraint motions_community_id_seconded_by_id_fkey FOREIGN KEY (community_id, seconded_by_id) REFERENCES people(community_id, id);
alter table motions add constraint motions_pkey PRIMARY KEY (community_id, id);
alter table notice_choices add constraint notice_choices_channels_check CHECK ((channels <@ ARRAY['sms'::text, 'email'::text, 'push'::text, 'chat'::text]));
alter table notice_choices add constraint notice_choices_kind_check CHECK ((kind ~ '^[a-z_]{2,40}$'::text));
alter table notice_choices add constraint notice_choices_rhythm_check CHECK ((rhythm = ANY (ARRAY['at_once'::text, 'daily'::text, 'weekly'::text])));
alter table notice_choices add constraint notice_choices_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table notice_choices add constraint notice_choices_community_id_person_id_fkey FOREIGN KEY (community_id, person_id) REFERENCES people(community_id, id);
alter table notice_choices add constraint notice_choices_pkey PRIMARY KEY (community_id, person_id, kind);
alter table notice_preferences add constraint notice_preferences_channel_check CHECK ((channel = ANY (ARRAY['sms'::text, 'email'::text, 'none'::text])));
alter table notice_preferences add constraint notice_preferences_quiet_from_minute_check CHECK (((quiet_from_minute >= 0) AND (quiet_from_minute <= 1439)));
alter table notice_preferences add constraint notice_preferences_quiet_until_minute_check CHECK (((quiet_until_minute >= 0) AND (quiet_until_minute <= 1439)));
alter table notice_preferences add constraint notice_preferences_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table notice_preferences add constraint notice_preferences_community_id_person_id_fkey FOREIGN KEY (community_id, person_id) REFERENCES people(community_id, id);
alter table notice_preferences add constraint notice_preferences_pkey PRIMARY KEY (community_id, person_id);
alter table notices add constraint notices_kind_check CHECK ((kind ~ '^[a-z_]{2,40}$'::text));
alter table notices add constraint notices_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table notices add constraint notices_pkey PRIMARY KEY (community_id, id);
alter table open311_submissions add constraint open311_submissions_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table open311_submissions add constraint open311_submissions_pkey PRIMARY KEY (community_id, token);
alter table opinion_maps add constraint opinion_maps_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table opinion_maps add constraint opinion_maps_community_id_topic_id_fkey FOREIGN KEY (community_id, topic_id) REFERENCES topics(community_id, id);
alter table opinion_maps add constraint opinion_maps_pkey PRIMARY KEY (community_id, topic_id);
alter table opinions add constraint opinions_opinion_check CHECK ((opinion = ANY (ARRAY['agree'::text, 'disagree'::text, 'pass'::text])));
alter table opinions add constraint opinions_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table opinions add constraint opinions_community_id_person_id_fkey FOREIGN KEY (community_id, person_id) REFERENCES people(community_id, id);
alter table opinions add constraint opinions_community_id_statement_id_fkey FOREIGN KEY (community_id, statement_id) REFERENCES statements(community_id, id);
alter table opinions add constraint opinions_pkey PRIMARY KEY (community_id, statement_id, person_id);
alter table organisation_phases add constraint organisation_phases_community_id_organisation_id_fkey FOREIGN KEY (community_id, organisation_id) REFERENCES organisations(community_id, id);
alter table organisation_phases add constraint organisation_phases_pkey PRIMARY KEY (community_id, id);
alter table organisations add constraint organisations_kind_check CHECK ((kind = ANY (ARRAY['department'::text, 'partner_unit'::text, 'property_company'::text, 'social_organisation'::text, 'volunteer_team'::text, 'club'::text, 'building_group'::text, 'committee'::text, 'business'::text, 'alliance'::text, 'council'::text, 'party_branch'::text, 'trade_union'::text, 'youth_league'::text, 'womens_federation'::text])));
alter table organisations add constraint organisations_phase_check CHECK ((phase = ANY (ARRAY['forming'::text, 'filed'::text, 'active'::text, 'dormant'::text, 'closed'::text])));
alter table organisations add constraint organisations_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table organisations add constraint organisations_pkey PRIMARY KEY (community_id, id);
alter table paper_entries add constraint paper_entries_code_hash_check CHECK ((code_hash ~ '^[0-9a-f]{64}$'::text));
alter table paper_entries add constraint paper_entries_community_id_round_id_fkey FOREIGN KEY (community_id, round_id) REFERENCES venture_rounds(community_id, id);
alter table paper_entries add constraint paper_entries_pkey PRIMARY KEY (community_id, round_id, code_hash, entered_by_id);
alter table people add constraint people_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table people add constraint people_login_id_fkey FOREIGN KEY (login_id) REFERENCES logins(id);
alter table people add constraint people_pkey PRIMARY KEY (community_id, id);
alter table phones add constraint phones_check CHECK (((wipe_ordered_at IS NULL) = (wipe_ordered_by_id IS NULL)));
alter table phones add constraint phones_check1 CHECK (((wiped_at IS NULL) OR (wipe_ordered_at IS NOT NULL)));
alter table phones add constraint phones_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table phones add constraint phones_community_id_person_id_fkey FOREIGN KEY (community_id, person_id) REFERENCES people(community_id, id);
alter table phones add constraint phones_community_id_wipe_ordered_by_id_fkey FOREIGN KEY (community_id, wipe_ordered_by_id) REFERENCES people(community_id, id);
alter table phones add constraint phones_pkey PRIMARY KEY (community_id, id);
alter table pledge_donations add constraint pledge_donations_community_id_donation_id_fkey FOREIGN KEY (community_id, donation_id) REFERENCES donations(community_id, id);
alter table pledge_donations add constraint pledge_donations_community_id_pledge_id_fkey FOREIGN KEY (community_id, pledge_id) REFERENCES pledges(community_id, id);
alter table pledge_donations add constraint pledge_donations_pkey PRIMARY KEY (community_id, donation_id);
alter table pledges add constraint pledges_amount_fen_check CHECK ((amount_fen > 0));
alter table pledges add constraint pledges_check CHECK (((kind = 'money'::text) = (amount_fen IS NOT NULL)));
alter table pledges add constraint pledges_check1 CHECK (((kind = 'hours'::text) = (hours IS NOT NULL)));
alter table pledges add constraint pledges_check2 CHECK (((kind <> 'goods'::text) OR (description IS NOT NULL)));
alter table pledges add constraint pledges_check3 CHECK (((lapsed_at IS NULL) = (lapsed_by_id IS NULL)));
alter table pledges add constraint pledges_hours_check CHECK ((hours > (0)::numeric));
alter table pledges add constraint pledges_kind_check CHECK ((kind = ANY (ARRAY['money'::text, 'goods'::text, 'hours'::text])));
alter table pledges add constraint pledges_community_id_donor_id_fkey FOREIGN KEY (community_id, donor_id) REFERENCES donors(community_id, id);
alter table pledges add constraint pledges_pkey PRIMARY KEY (community_id, id);
alter table post_invitations add constraint post_invitations_answer_check CHECK ((answer = ANY (ARRAY['accepted'::text, 'declined'::text])));
alter table post_invitations add constraint post_invitations_answer_words_check CHECK ((char_length(answer_words) <= 500));
alter table post_invitations add constraint post_invitations_check CHECK (((answer IS NULL) = (answered_at IS NULL)));
alter table post_invitations add constraint post_invitations_check1 CHECK (((answer IS NULL) OR (withdrawn_at IS NULL)));
alter table post_invitations add constraint post_invitations_reason_check CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 1000)));
alter table post_invitations add constraint post_invitations_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table post_invitations add constraint post_invitations_community_id_person_id_fkey FOREIGN KEY (community_id, person_id) REFERENCES people(community_id, id);
alter table post_invitations add constraint post_invitations_community_id_post_id_fkey FOREIGN KEY (community_id, post_id) REFERENCES posts(community_id, id);
alter table post_invitations add constraint post_invitations_pkey PRIMARY KEY (community_id, id);
alter table post_terms add constraint post_terms_check CHECK (((ends_on IS NULL) OR (ends_on >= started_on)));
alter table post_terms add constraint post_terms_seat_check CHECK (((seat >= 1) AND (seat <= 200)));
alter table post_terms add constraint post_terms_community_id_person_id_fkey FOREIGN KEY (community_id, person_id) REFERENCES people(community_id, id);
alter table post_terms add constraint post_terms_community_id_post_id_fkey FOREIGN KEY (community_id, post_id) REFERENCES posts(community_id, id);
alter table post_terms add constraint post_terms_pkey PRIMARY KEY (community_id, id);
alter table posters add constraint posters_community_id_building_id_fkey FOREIGN KEY (community_id, building_id) REFERENCES buildings(community_id, id);
alter table posters add constraint posters_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table posters add constraint posters_pkey PRIMARY KEY (community_id, code);
alter table posts add constraint posts_code_check CHECK ((code ~ '^[a-z][a-z0-9_]{0,39}$'::text));
alter table posts add constraint posts_seats_check CHECK (((seats >= 1) AND (seats <= 200)));
alter table posts add constraint posts_term_months_check CHECK (((term_months >= 1) AND (term_months <= 240)));
alter table posts add constraint posts_community_id_organisation_id_fkey FOREIGN KEY (community_id, organisation_id) REFERENCES organisations(community_id, id);
alter table posts add constraint posts_pkey PRIMARY KEY (community_id, id);
alter table project_answer_counts add constraint project_answer_counts_count_check CHECK ((count > 0));
alter table project_answer_counts add constraint project_answer_counts_question_check CHECK (((question >= 1) AND (question <= 8)));
alter table project_answer_counts add constraint project_answer_counts_score_check CHECK (((score >= 1) AND (score <= 5)));
alter table project_answer_counts add constraint project_answer_counts_community_id_project_id_fkey FOREIGN KEY (community_id, project_id) REFERENCES projects(community_id, id);
alter table project_answer_counts add constraint project_answer_counts_pkey PRIMARY KEY (community_id, project_id, question, score);
alter table project_answer_roll add constraint project_answer_roll_community_id_project_id_fkey FOREIGN KEY (community_id, project_id) REFERENCES projects(community_id, id);
alter table project_answer_roll add constraint project_answer_roll_pkey PRIMARY KEY (community_id, project_id, person_id);
alter table project_beneficiaries add constraint project_beneficiaries_community_id_project_id_fkey FOREIGN KEY (community_id, project_id) REFERENCES projects(community_id, id);
alter table project_beneficiaries add constraint project_beneficiaries_pkey PRIMARY KEY (community_id, project_id, person_id);
alter table project_changes add constraint project_changes_check CHECK (((state = 'waiting'::text) = (decided_at IS NULL)));
alter table project_changes add constraint project_changes_decided_reason_check CHECK ((length(decided_reason) <= 2000));
alter table project_changes add constraint project_changes_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 2000)));
alter table project_changes add constraint project_changes_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'approved'::text, 'refused'::text])));
alter table project_changes add constraint project_changes_community_id_milestone_id_fkey FOREIGN KEY (community_id, milestone_id) REFERENCES project_milestones(community_id, id);
alter table project_changes add constraint project_changes_community_id_project_id_fkey FOREIGN KEY (community_id, project_id) REFERENCES projects(community_id, id);
alter table project_changes add constraint project_changes_pkey PRIMARY KEY (community_id, id);
alter table project_files add constraint project_files_community_id_project_id_fkey FOREIGN KEY (community_id, project_id) REFERENCES projects(community_id, id);
alter table project_files add constraint project_files_pkey PRIMARY KEY (community_id, project_id, milestone_id, file_hash);
alter table project_milestones add constraint project_milestones_position_check CHECK (("position" > 0));
alter table project_milestones add constraint project_milestones_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'submitted'::text, 'accepted'::text, 'dropped'::text])));
alter table project_milestones add constraint project_milestones_title_check CHECK (((length(title) >= 1) AND (length(title) <= 200)));
alter table project_milestones add constraint project_milestones_tranche_fen_check CHECK ((tranche_fen >= 0));
alter table project_milestones add constraint project_milestones_community_id_project_id_fkey FOREIGN KEY (community_id, project_id) REFERENCES projects(community_id, id);
alter table project_milestones add constraint project_milestones_pkey PRIMARY KEY (community_id, id);
alter table project_risks add constraint project_risks_check CHECK ((((closed_at IS NULL) = (closed_by_id IS NULL)) AND ((closed_at IS NULL) = (closed_reason IS NULL))));
alter table project_risks add constraint project_risks_closed_reason_check CHECK (((length(closed_reason) >= 1) AND (length(closed_reason) <= 400)));
alter table project_risks add constraint project_risks_response_check CHECK (((length(response) >= 1) AND (length(response) <= 400)));
alter table project_risks add constraint project_risks_risk_check CHECK (((length(risk) >= 1) AND (length(risk) <= 400)));
alter table project_risks add constraint project_risks_community_id_project_id_fkey FOREIGN KEY (community_id, project_id) REFERENCES projects(community_id, id);
alter table project_risks add constraint project_risks_pkey PRIMARY KEY (community_id, id);
alter table project_signatures add constraint project_signatures_side_check CHECK ((side = ANY (ARRAY['organisation'::text, 'community'::text])));
alter table project_signatures add constraint project_signatures_community_id_project_id_fkey FOREIGN KEY (community_id, project_id) REFERENCES projects(community_id, id);
alter table project_signatures add constraint project_signatures_pkey PRIMARY KEY (community_id, project_id, agreement_version, side);
alter table project_steps add constraint project_steps_public_note_check CHECK ((length(public_note) <= 4000));
alter table project_steps add constraint project_steps_step_check CHECK ((step ~ '^[a-z_]{1,40}$'::text));
alter table project_steps add constraint project_steps_community_id_project_id_fkey FOREIGN KEY (community_id, project_id) REFERENCES projects(community_id, id);
alter table project_steps add constraint project_steps_pkey PRIMARY KEY (community_id, id);
alter table projects add constraint projects_budget_fen_check CHECK ((budget_fen >= 0));
alter table projects add constraint projects_check CHECK (((state = ANY (ARRAY['chosen'::text, 'stopped'::text])) OR ((organisation_id IS NOT NULL) AND (agreement IS NOT NULL))));
alter table projects add constraint projects_check1 CHECK ((((budget_line_id IS NULL) = (bank_account_id IS NULL)) AND ((budget_line_id IS NULL) = (spending_category IS NULL))));
alter table projects add constraint projects_spending_category_check CHECK ((spending_category ~ '^[a-z0-9_]{1,60}$'::text));
alter table projects add constraint projects_state_check CHECK ((state = ANY (ARRAY['chosen'::text, 'drafted'::text, 'running'::text, 'reported'::text, 'closed'::text, 'stopped'::text])));
alter table projects add constraint projects_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table projects add constraint projects_community_id_proposal_id_fkey FOREIGN KEY (community_id, proposal_id) REFERENCES proposals(community_id, id);
alter table projects add constraint projects_community_id_round_id_fkey FOREIGN KEY (community_id, round_id) REFERENCES venture_rounds(community_id, id);
alter table projects add constraint projects_pkey PRIMARY KEY (community_id, id);
alter table proposal_sponsors add constraint proposal_sponsors_community_id_proposal_id_fkey FOREIGN KEY (community_id, proposal_id) REFERENCES proposals(community_id, id);
alter table proposal_sponsors add constraint proposal_sponsors_pkey PRIMARY KEY (community_id, proposal_id, person_id);
alter table proposal_steps add constraint proposal_steps_public_note_check CHECK ((length(public_note) <= 2000));
alter table proposal_steps add constraint proposal_steps_step_check CHECK ((step = ANY (ARRAY['submit'::text, 'change'::text, 'admit'::text, 'refuse'::text, 'reply'::text, 'review_cost'::text, 'merge'::text, 'withdraw'::text])));
alter table proposal_steps add constraint proposal_steps_community_id_proposal_id_fkey FOREIGN KEY (community_id, proposal_id) REFERENCES proposals(community_id, id);
alter table proposal_steps add constraint proposal_steps_pkey PRIMARY KEY (community_id, id);
alter table proposals add constraint proposals_asked_fen_check CHECK ((asked_fen >= 0));
alter table proposals add constraint proposals_body_check CHECK ((length(body) <= 6000));
alter table proposals add constraint proposals_category_check CHECK ((category ~ '^[a-z0-9_]{1,60}$'::text));
alter table proposals add constraint proposals_check CHECK (((state = 'merged'::text) = (merged_into_id IS NOT NULL)));
alter table proposals add constraint proposals_check1 CHECK (((state <> 'admitted'::text) OR (reviewed_fen IS NOT NULL)));
alter table proposals add constraint proposals_number_check CHECK ((number > 0));
alter table proposals add constraint proposals_pabulib_id_check CHECK ((pabulib_id ~ '^[^;,"\s]{1,40}$'::text));
alter table proposals add constraint proposals_reviewed_fen_check CHECK ((reviewed_fen >= 0));
alter table proposals add constraint proposals_state_check CHECK ((state = ANY (ARRAY['submitted'::text, 'admitted'::text, 'refused'::text, 'withdrawn'::text, 'merged'::text])));
alter table proposals add constraint proposals_summary_check CHECK ((length(summary) <= 400));
alter table proposals add constraint proposals_title_check CHECK (((length(title) >= 1) AND (length(title) <= 200)));
alter table proposals add constraint proposals_community_id_merged_into_id_fkey FOREIGN KEY (community_id, merged_into_id) REFERENCES proposals(community_id, id);
alter table proposals add constraint proposals_community_id_round_id_fkey FOREIGN KEY (community_id, round_id) REFERENCES venture_rounds(community_id, id);
alter table proposals add constraint proposals_pkey PRIMARY KEY (community_id, id);
alter table proxies add constraint proxies_check CHECK ((subject_id <> proxy_id));
alter table proxies add constraint proxies_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table proxies add constraint proxies_community_id_proxy_id_fkey FOREIGN KEY (community_id, proxy_id) REFERENCES people(community_id, id);
alter table proxies add constraint proxies_community_id_subject_id_fkey FOREIGN KEY (community_id, subject_id) REFERENCES people(community_id, id);
alter table proxies add constraint proxies_pkey PRIMARY KEY (community_id, id);
alter table published_ballots add constraint published_ballots_code_hash_check CHECK ((code_hash ~ '^[0-9a-f]{64}$'::text));
alter table published_ballots add constraint published_ballots_community_id_round_id_fkey FOREIGN KEY (community_id, round_id) REFERENCES venture_rounds(community_id, id);
alter table published_ballots add constraint published_ballots_pkey PRIMARY KEY (community_id, round_id, code_hash);
alter table push_subscriptions add constraint push_subscriptions_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table push_subscriptions add constraint push_subscriptions_community_id_person_id_fkey FOREIGN KEY (community_id, person_id) REFERENCES people(community_id, id);
alter table push_subscriptions add constraint push_subscriptions_pkey PRIMARY KEY (community_id, id);
alter table push_subscriptions add constraint push_subscriptions_community_id_endpoint_fingerprint_key UNIQUE (community_id, endpoint_fingerprint);
alter table receipt_numbers add constraint receipt_numbers_last_number_check CHECK ((last_number > 0));
alter table receipt_numbers add constraint receipt_numbers_year_check CHECK (((year >= 1990) AND (year <= 2200)));
alter table receipt_numbers add constraint receipt_numbers_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table receipt_numbers add constraint receipt_numbers_pkey PRIMARY KEY (community_id, year);
alter table receipts add constraint receipts_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table receipts add constraint receipts_pkey PRIMARY KEY (community_id, id);
alter table replaced_ballots add constraint replaced_ballots_community_id_round_id_fkey FOREIGN KEY (community_id, round_id) REFERENCES venture_rounds(community_id, id);
alter table replaced_ballots add constraint replaced_ballots_pkey PRIMARY KEY (community_id, round_id, seal);
alter table request_followers add constraint request_followers_because_check CHECK ((because = ANY (ARRAY['reporter'::text, 'joined'::text, 'follows'::text])));
alter table request_followers add constraint request_followers_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table request_followers add constraint request_followers_community_id_request_id_fkey FOREIGN KEY (community_id, request_id) REFERENCES requests(community_id, id);
alter table request_followers add constraint request_followers_pkey PRIMARY KEY (community_id, request_id, person_id);
alter table request_helpers add constraint request_helpers_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table request_helpers add constraint request_helpers_community_id_request_id_fkey FOREIGN KEY (community_id, request_id) REFERENCES requests(community_id, id);
alter table request_helpers add constraint request_helpers_pkey PRIMARY KEY (community_id, id);
alter table request_photos add constraint request_photos_moment_check CHECK ((moment = ANY (ARRAY['before'::text, 'after'::text])));
alter table request_photos add constraint request_photos_community_id_file_hash_fkey FOREIGN KEY (community_id, file_hash) REFERENCES files(community_id, hash);
alter table request_photos add constraint request_photos_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table request_photos add constraint request_photos_community_id_request_id_fkey FOREIGN KEY (community_id, request_id) REFERENCES requests(community_id, id);
alter table request_photos add constraint request_photos_pkey PRIMARY KEY (community_id, request_id, file_hash);
alter table request_steps add constraint request_steps_private_note_check CHECK ((char_length(private_note) <= 4000));
alter table request_steps add constraint request_steps_public_note_check CHECK ((char_length(public_note) <= 4000));
alter table request_steps add constraint request_steps_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table request_steps add constraint request_steps_community_id_request_id_fkey FOREIGN KEY (community_id, request_id) REFERENCES requests(community_id, id);
alter table request_steps add constraint request_steps_pkey PRIMARY KEY (community_id, id);
alter table requests add constraint open_requests_are_owned CHECK (((state = ANY (ARRAY['confirmed'::text, 'closed_without_word'::text, 'joined'::text, 'split'::text, 'withdrawn'::text])) OR ((owner_id IS NOT NULL) AND (due_at IS NOT NULL))));
alter table requests add constraint requests_intake_check CHECK ((intake = ANY (ARRAY['web'::text, 'poster'::text, 'desk'::text, 'phone'::text, 'visit'::text, 'open311'::text, 'api'::text, 'import'::text, 'council'::text])));
alter table requests add constraint requests_kind_check CHECK ((kind = ANY (ARRAY['need'::text, 'idea'::text])));
alter table requests add constraint requests_public_text_check CHECK ((char_length(public_text) <= 4000));
alter table requests add constraint requests_stars_check CHECK (((stars >= 1) AND (stars <= 5)));
alter table requests add constraint requests_state_check CHECK ((state = ANY (ARRAY['submitted'::text, 'accepted'::text, 'asking'::text, 'promised'::text, 'answered'::text, 'done'::text, 'refused'::text, 'confirmed'::text, 'reopened'::text, 'closed_without_word'::text, 'joined'::text, 'split'::text, 'withdrawn'::text])));
alter table requests add constraint requests_text_check CHECK (((char_length(text) >= 1) AND (char_length(text) <= 4000)));
alter table requests add constraint requests_community_id_building_id_fkey FOREIGN KEY (community_id, building_id) REFERENCES buildings(community_id, id);
alter table requests add constraint requests_community_id_category_id_fkey FOREIGN KEY (community_id, category_id) REFERENCES categories(community_id, id);
alter table requests add constraint requests_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table requests add constraint requests_community_id_grid_id_fkey FOREIGN KEY (community_id, grid_id) REFERENCES grids(community_id, id);
alter table requests add constraint requests_community_id_household_id_fkey FOREIGN KEY (community_id, household_id) REFERENCES households(community_id, id);
alter table requests add constraint requests_community_id_joined_into_id_fkey FOREIGN KEY (community_id, joined_into_id) REFERENCES requests(community_id, id);
alter table requests add constraint requests_community_id_split_from_id_fkey FOREIGN KEY (community_id, split_from_id) REFERENCES requests(community_id, id);
alter table requests add constraint requests_pkey PRIMARY KEY (community_id, id);
alter table requests add constraint requests_community_id_number_key UNIQUE (community_id, number);
alter table residence_disputes add constraint residence_disputes_check CHECK (((settled_at IS NULL) = (decision IS NULL)));
alter table residence_disputes add constraint residence_disputes_decision_check CHECK ((decision = ANY (ARRAY['lives_there'::text, 'does_not'::text])));
alter table residence_disputes add constraint residence_disputes_kind_check CHECK ((kind = ANY (ARRAY['place'::text, 'identity'::text])));
alter table residence_disputes add constraint residence_disputes_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table residence_disputes add constraint residence_disputes_community_id_household_id_fkey FOREIGN KEY (community_id, household_id) REFERENCES households(community_id, id);
alter table residence_disputes add constraint residence_disputes_community_id_member_id_fkey FOREIGN KEY (community_id, member_id) REFERENCES household_members(community_id, id);
alter table residence_disputes add constraint residence_disputes_pkey PRIMARY KEY (community_id, id);
alter table resolutions add constraint resolutions_check CHECK ((num_nonnulls(owner_organisation_id, owner_post_id) = 1));
alter table resolutions add constraint resolutions_number_check CHECK ((number > 0));
alter table resolutions add constraint resolutions_community_id_meeting_id_fkey FOREIGN KEY (community_id, meeting_id) REFERENCES meetings(community_id, id);
alter table resolutions add constraint resolutions_community_id_motion_id_fkey FOREIGN KEY (community_id, motion_id) REFERENCES motions(community_id, id);
alter table resolutions add constraint resolutions_community_id_organisation_id_fkey FOREIGN KEY (community_id, organisation_id) REFERENCES organisations(community_id, id);
alter table resolutions add constraint resolutions_community_id_owner_organisation_id_fkey FOREIGN KEY (community_id, owner_organisation_id) REFERENCES organisations(community_id, id);
alter table resolutions add constraint resolutions_community_id_owner_post_id_fkey FOREIGN KEY (community_id, owner_post_id) REFERENCES posts(community_id, id);
alter table resolutions add constraint resolutions_community_id_request_id_fkey FOREIGN KEY (community_id, request_id) REFERENCES requests(community_id, id);
alter table resolutions add constraint resolutions_pkey PRIMARY KEY (community_id, id);
alter table role_grants add constraint role_grants_role_check CHECK ((role = ANY (ARRAY['grid_worker'::text, 'desk_officer'::text, 'handler'::text, 'secretary'::text, 'administrator'::text, 'treasurer'::text, 'auditor'::text])));
alter table role_grants add constraint role_grants_scope_kind_check CHECK ((scope_kind = ANY (ARRAY['community'::text, 'grid'::text, 'organisation'::text])));
alter table role_grants add constraint role_grants_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table role_grants add constraint role_grants_community_id_person_id_fkey FOREIGN KEY (community_id, person_id) REFERENCES people(community_id, id);
alter table role_grants add constraint role_grants_pkey PRIMARY KEY (community_id, id);
alter table round_doors add constraint round_doors_check CHECK (((off_at IS NULL) = (off_because IS NULL)));
alter table round_doors add constraint round_doors_occasion_check CHECK ((occasion ~ '^[a-z_]{2,40}$'::text));
alter table round_doors add constraint round_doors_off_because_check CHECK ((off_because = ANY (ARRAY['handed_over'::text, 'taken_out'::text])));
alter table round_doors add constraint round_doors_reason_check CHECK ((reason ~ '^[a-z_]{2,40}$'::text));
alter table round_doors add constraint round_doors_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table round_doors add constraint round_doors_community_id_household_id_fkey FOREIGN KEY (community_id, household_id) REFERENCES households(community_id, id);
alter table round_doors add constraint round_doors_community_id_round_id_fkey FOREIGN KEY (community_id, round_id) REFERENCES rounds(community_id, id);
alter table round_doors add constraint round_doors_pkey PRIMARY KEY (community_id, round_id, household_id);
alter table rounds add constraint rounds_budget_minutes_check CHECK (((budget_minutes >= 10) AND (budget_minutes <= 720)));
alter table rounds add constraint rounds_walk_by_check CHECK ((walk_by = ANY (ARRAY['streets'::text, 'straight'::text])));
alter table rounds add constraint rounds_walk_metres_check CHECK ((walk_metres >= 0));
alter table rounds add constraint rounds_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table rounds add constraint rounds_community_id_worker_id_fkey FOREIGN KEY (community_id, worker_id) REFERENCES people(community_id, id);
alter table rounds add constraint rounds_pkey PRIMARY KEY (community_id, id);
alter table routing_rules add constraint routing_rules_owner_kind_check CHECK ((owner_kind = ANY (ARRAY['person'::text, 'grid_worker'::text, 'organisation'::text])));
alter table routing_rules add constraint routing_rules_community_id_building_id_fkey FOREIGN KEY (community_id, building_id) REFERENCES buildings(community_id, id);
alter table routing_rules add constraint routing_rules_community_id_category_id_fkey FOREIGN KEY (community_id, category_id) REFERENCES categories(community_id, id);
alter table routing_rules add constraint routing_rules_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table routing_rules add constraint routing_rules_community_id_grid_id_fkey FOREIGN KEY (community_id, grid_id) REFERENCES grids(community_id, id);
alter table routing_rules add constraint routing_rules_pkey PRIMARY KEY (community_id, id);
alter table safety_notes add constraint safety_notes_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table safety_notes add constraint safety_notes_community_id_household_id_fkey FOREIGN KEY (community_id, household_id) REFERENCES households(community_id, id);
alter table safety_notes add constraint safety_notes_pkey PRIMARY KEY (community_id, id);
alter table saved_filters add constraint saved_filters_list_check CHECK ((list = ANY (ARRAY['desk'::text, 'requests'::text])));
alter table saved_filters add constraint saved_filters_community_id_person_id_fkey FOREIGN KEY (community_id, person_id) REFERENCES people(community_id, id);
alter table saved_filters add constraint saved_filters_pkey PRIMARY KEY (community_id, id);
alter table schema_migrations add constraint schema_migrations_pkey PRIMARY KEY (version);
alter table spaces add constraint spaces_capacity_check CHECK ((capacity > 0));
alter table spaces add constraint spaces_community_id_building_id_fkey FOREIGN KEY (community_id, building_id) REFERENCES buildings(community_id, id);
alter table spaces add constraint spaces_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table spaces add constraint spaces_pkey PRIMARY KEY (community_id, id);
alter table speaking_turns add constraint speaking_turns_check CHECK (((person_id IS NULL) <> (shown_name IS NULL)));
alter table speaking_turns add constraint speaking_turns_check1 CHECK (((ended_at IS NULL) OR (started_at IS NOT NULL)));
alter table speaking_turns add constraint speaking_turns_check2 CHECK (((left_at IS NULL) OR (started_at IS NULL)));
alter table speaking_turns add constraint speaking_turns_shown_name_check CHECK (((char_length(shown_name) >= 1) AND (char_length(shown_name) <= 40)));
alter table speaking_turns add constraint speaking_turns_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table speaking_turns add constraint speaking_turns_community_id_person_id_fkey FOREIGN KEY (community_id, person_id) REFERENCES people(community_id, id);
alter table speaking_turns add constraint speaking_turns_community_id_session_id_fkey FOREIGN KEY (community_id, session_id) REFERENCES forum_sessions(community_id, id);
alter table speaking_turns add constraint speaking_turns_community_id_topic_id_fkey FOREIGN KEY (community_id, topic_id) REFERENCES topics(community_id, id);
alter table speaking_turns add constraint speaking_turns_pkey PRIMARY KEY (community_id, id);
alter table speaking_turns add constraint speaking_turns_community_id_session_id_number_key UNIQUE (community_id, session_id, number);
alter table speech_marks add constraint speech_marks_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table speech_marks add constraint speech_marks_community_id_person_id_fkey FOREIGN KEY (community_id, person_id) REFERENCES people(community_id, id);
alter table speech_marks add constraint speech_marks_community_id_speech_id_fkey FOREIGN KEY (community_id, speech_id) REFERENCES speeches(community_id, id);
alter table speech_marks add constraint speech_marks_pkey PRIMARY KEY (community_id, speech_id, person_id);
alter table speech_photos add constraint speech_photos_community_id_file_hash_fkey FOREIGN KEY (community_id, file_hash) REFERENCES files(community_id, hash);
alter table speech_photos add constraint speech_photos_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table speech_photos add constraint speech_photos_community_id_speech_id_fkey FOREIGN KEY (community_id, speech_id) REFERENCES speeches(community_id, id);
alter table speech_photos add constraint speech_photos_pkey PRIMARY KEY (community_id, speech_id, file_hash);
alter table speeches add constraint speeches_check CHECK (((quote IS NULL) OR (reply_to_id IS NOT NULL)));
alter table speeches add constraint speeches_quote_check CHECK (((char_length(quote) >= 1) AND (char_length(quote) <= 400)));
alter table speeches add constraint speeches_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'shown'::text, 'refused'::text, 'hidden'::text])));
alter table speeches add constraint speeches_text_check CHECK (((char_length(text) >= 1) AND (char_length(text) <= 2000)));
alter table speeches add constraint speeches_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table speeches add constraint speeches_community_id_speaker_id_fkey FOREIGN KEY (community_id, speaker_id) REFERENCES people(community_id, id);
alter table speeches add constraint speeches_community_id_topic_id_fkey FOREIGN KEY (community_id, topic_id) REFERENCES topics(community_id, id);
alter table speeches add constraint speeches_community_id_topic_id_reply_to_id_fkey FOREIGN KEY (community_id, topic_id, reply_to_id) REFERENCES speeches(community_id, topic_id, id);
alter table speeches add constraint speeches_pkey PRIMARY KEY (community_id, id);
alter table speeches add constraint speeches_community_id_topic_id_id_key UNIQUE (community_id, topic_id, id);
alter table spending_approvals add constraint spending_approvals_community_id_spending_id_fkey FOREIGN KEY (community_id, spending_id) REFERENCES spendings(community_id, id);
alter table spending_approvals add constraint spending_approvals_pkey PRIMARY KEY (community_id, spending_id, approver_id);
alter table spending_files add constraint spending_files_community_id_spending_id_fkey FOREIGN KEY (community_id, spending_id) REFERENCES spendings(community_id, id);
alter table spending_files add constraint spending_files_pkey PRIMARY KEY (community_id, spending_id, file_hash);
alter table spendings add constraint spendings_amount_fen_check CHECK ((amount_fen > 0));
alter table spendings add constraint spendings_approvals_needed_check CHECK ((approvals_needed = ANY (ARRAY[1, 2])));
alter table spendings add constraint spendings_category_check CHECK ((category ~ '^[a-z0-9_]{1,60}$'::text));
alter table spendings add constraint spendings_check CHECK (((state = 'posted'::text) = (transfer_id IS NOT NULL)));
alter table spendings add constraint spendings_check1 CHECK (((state = 'refused'::text) = (refused_reason IS NOT NULL)));
alter table spendings add constraint spendings_check2 CHECK (((state = 'waiting'::text) = (decided_at IS NULL)));
alter table spendings add constraint spendings_kind_check CHECK ((kind = ANY (ARRAY['expense'::text, 'advance'::text, 'settlement'::text])));
alter table spendings add constraint spendings_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'posted'::text, 'refused'::text])));
alter table spendings add constraint spendings_community_id_credit_account_id_fkey FOREIGN KEY (community_id, credit_account_id) REFERENCES accounts(community_id, id);
alter table spendings add constraint spendings_community_id_debit_account_id_fkey FOREIGN KEY (community_id, debit_account_id) REFERENCES accounts(community_id, id);
alter table spendings add constraint spendings_community_id_transfer_id_fkey FOREIGN KEY (community_id, transfer_id) REFERENCES transfers(community_id, id);
alter table spendings add constraint spendings_pkey PRIMARY KEY (community_id, id);
alter table spendings add constraint spendings_community_id_transfer_id_key UNIQUE (community_id, transfer_id);
alter table statements add constraint statements_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'shown'::text, 'refused'::text, 'hidden'::text])));
alter table statements add constraint statements_text_check CHECK (((char_length(text) >= 1) AND (char_length(text) <= 140)));
alter table statements add constraint statements_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table statements add constraint statements_community_id_topic_id_fkey FOREIGN KEY (community_id, topic_id) REFERENCES topics(community_id, id);
alter table statements add constraint statements_pkey PRIMARY KEY (community_id, id);
alter table statements add constraint statements_community_id_topic_id_number_key UNIQUE (community_id, topic_id, number);
alter table tombstones add constraint tombstones_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table tombstones add constraint tombstones_pkey PRIMARY KEY (community_id, id);
alter table tombstones add constraint tombstones_community_id_kind_thing_id_key UNIQUE (community_id, kind, thing_id);
alter table topics add constraint topics_check CHECK (((outcome IS NULL) = (concluded_at IS NULL)));
alter table topics add constraint topics_outcome_check CHECK ((outcome = ANY (ARRAY['request'::text, 'motion'::text, 'proposal'::text, 'nothing'::text])));
alter table topics add constraint topics_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'open'::text, 'concluded'::text, 'refused'::text, 'hidden'::text])));
alter table topics add constraint topics_summary_check CHECK ((char_length(summary) <= 4000));
alter table topics add constraint topics_text_check CHECK (((char_length(text) >= 1) AND (char_length(text) <= 4000)));
alter table topics add constraint topics_title_check CHECK (((char_length(title) >= 1) AND (char_length(title) <= 80)));
alter table topics add constraint topics_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table topics add constraint topics_community_id_raised_by_id_fkey FOREIGN KEY (community_id, raised_by_id) REFERENCES people(community_id, id);
alter table topics add constraint topics_community_id_session_id_fkey FOREIGN KEY (community_id, session_id) REFERENCES forum_sessions(community_id, id);
alter table topics add constraint topics_pkey PRIMARY KEY (community_id, id);
alter table transfers add constraint transfers_amount_fen_check CHECK ((amount_fen > 0));
alter table transfers add constraint transfers_category_check CHECK ((category ~ '^[a-z0-9_]{1,60}$'::text));
alter table transfers add constraint transfers_check CHECK ((debit_account_id <> credit_account_id));
alter table transfers add constraint transfers_check1 CHECK (((flow = ANY (ARRAY['post'::text, 'void'::text])) = (pending_id IS NOT NULL)));
alter table transfers add constraint transfers_check2 CHECK (((kind = 'reversal'::text) = (reverses_id IS NOT NULL)));
alter table transfers add constraint transfers_check3 CHECK (((kind <> 'reversal'::text) OR (reason IS NOT NULL)));
alter table transfers add constraint transfers_flow_check CHECK ((flow = ANY (ARRAY['posted'::text, 'pending'::text, 'post'::text, 'void'::text])));
alter table transfers add constraint transfers_kind_check CHECK ((kind = ANY (ARRAY['opening'::text, 'donation'::text, 'grant'::text, 'allocation'::text, 'expense'::text, 'advance'::text, 'settlement'::text, 'return'::text, 'refund'::text, 'interest'::text, 'fee'::text, 'reversal'::text])));
alter table transfers add constraint transfers_community_id_credit_account_id_fkey FOREIGN KEY (community_id, credit_account_id) REFERENCES accounts(community_id, id);
alter table transfers add constraint transfers_community_id_debit_account_id_fkey FOREIGN KEY (community_id, debit_account_id) REFERENCES accounts(community_id, id);
alter table transfers add constraint transfers_community_id_pending_id_fkey FOREIGN KEY (community_id, pending_id) REFERENCES transfers(community_id, id);
alter table transfers add constraint transfers_community_id_reverses_id_fkey FOREIGN KEY (community_id, reverses_id) REFERENCES transfers(community_id, id);
alter table transfers add constraint transfers_pkey PRIMARY KEY (community_id, id);
alter table uploads add constraint uploads_byte_count_check CHECK (((byte_count >= 1) AND (byte_count <= 20971520)));
alter table uploads add constraint uploads_kind_check CHECK ((kind = ANY (ARRAY['photo'::text, 'voice'::text])));
alter table uploads add constraint uploads_source_hash_check CHECK ((source_hash ~ '^[0-9a-f]{64}$'::text));
alter table uploads add constraint uploads_community_id_file_hash_fkey FOREIGN KEY (community_id, file_hash) REFERENCES files(community_id, hash);
alter table uploads add constraint uploads_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table uploads add constraint uploads_pkey PRIMARY KEY (community_id, source_hash, uploaded_by_id);
alter table venture_results add constraint venture_results_file_sha256_check CHECK ((file_sha256 ~ '^[0-9a-f]{64}$'::text));
alter table venture_results add constraint venture_results_community_id_round_id_fkey FOREIGN KEY (community_id, round_id) REFERENCES venture_rounds(community_id, id);
alter table venture_results add constraint venture_results_pkey PRIMARY KEY (community_id, round_id);
alter table venture_rounds add constraint venture_rounds_box_salt_check CHECK ((box_salt ~ '^[0-9a-f]{32}$'::text));
alter table venture_rounds add constraint venture_rounds_check CHECK ((((frozen_at IS NULL) = (frozen_text IS NULL)) AND ((frozen_at IS NULL) = (frozen_sha256 IS NULL))));
alter table venture_rounds add constraint venture_rounds_check1 CHECK (((closed_at IS NULL) OR (frozen_at IS NOT NULL) OR is_imported));
alter table venture_rounds add constraint venture_rounds_frozen_sha256_check CHECK ((frozen_sha256 ~ '^[0-9a-f]{64}$'::text));
alter table venture_rounds add constraint venture_rounds_number_check CHECK ((number > 0));
alter table venture_rounds add constraint venture_rounds_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table venture_rounds add constraint venture_rounds_pkey PRIMARY KEY (community_id, id);
alter table visit_conflicts add constraint visit_conflicts_check CHECK (((kind = 'two_workers'::text) = (other_visit_id IS NOT NULL)));
alter table visit_conflicts add constraint visit_conflicts_check1 CHECK (((decision IS NULL) = (decided_at IS NULL)));
alter table visit_conflicts add constraint visit_conflicts_decision_check CHECK ((decision = ANY (ARRAY['both_stand'::text, 'first_stands'::text, 'second_stands'::text])));
alter table visit_conflicts add constraint visit_conflicts_decision_reason_check CHECK ((char_length(decision_reason) <= 1000));
alter table visit_conflicts add constraint visit_conflicts_kind_check CHECK ((kind = ANY (ARRAY['two_workers'::text, 'changed_meanwhile'::text])));
alter table visit_conflicts add constraint visit_conflicts_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table visit_conflicts add constraint visit_conflicts_community_id_other_visit_id_fkey FOREIGN KEY (community_id, other_visit_id) REFERENCES visits(community_id, id);
alter table visit_conflicts add constraint visit_conflicts_community_id_visit_id_fkey FOREIGN KEY (community_id, visit_id) REFERENCES visits(community_id, id);
alter table visit_conflicts add constraint visit_conflicts_pkey PRIMARY KEY (community_id, id);
alter table visit_files add constraint visit_files_kind_check CHECK ((kind = ANY (ARRAY['photo'::text, 'voice'::text])));
alter table visit_files add constraint visit_files_source_hash_check CHECK ((source_hash ~ '^[0-9a-f]{64}$'::text));
alter table visit_files add constraint visit_files_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table visit_files add constraint visit_files_community_id_visit_id_fkey FOREIGN KEY (community_id, visit_id) REFERENCES visits(community_id, id);
alter table visit_files add constraint visit_files_pkey PRIMARY KEY (community_id, visit_id, source_hash);
alter table visit_needs add constraint visit_needs_check CHECK (((settled = 'promised'::text) = (promised_on IS NOT NULL)));
alter table visit_needs add constraint visit_needs_kind_check CHECK ((kind = ANY (ARRAY['need'::text, 'idea'::text])));
alter table visit_needs add constraint visit_needs_settled_check CHECK ((settled = ANY (ARRAY['on_the_spot'::text, 'promised'::text, 'passed_on'::text])));
alter table visit_needs add constraint visit_needs_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table visit_needs add constraint visit_needs_community_id_request_id_fkey FOREIGN KEY (community_id, request_id) REFERENCES requests(community_id, id);
alter table visit_needs add constraint visit_needs_community_id_visit_id_fkey FOREIGN KEY (community_id, visit_id) REFERENCES visits(community_id, id);
alter table visit_needs add constraint visit_needs_pkey PRIMARY KEY (community_id, visit_id, request_id);
alter table visits add constraint visits_occasion_check CHECK ((occasion ~ '^[a-z_]{2,40}$'::text));
alter table visits add constraint visits_outcome_check CHECK ((outcome = ANY (ARRAY['answered'::text, 'nobody_home'::text, 'declined'::text, 'by_phone'::text])));
alter table visits add constraint visits_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table visits add constraint visits_community_id_household_id_fkey FOREIGN KEY (community_id, household_id) REFERENCES households(community_id, id);
alter table visits add constraint visits_community_id_round_id_fkey FOREIGN KEY (community_id, round_id) REFERENCES rounds(community_id, id);
alter table visits add constraint visits_community_id_worker_id_fkey FOREIGN KEY (community_id, worker_id) REFERENCES people(community_id, id);
alter table visits add constraint visits_pkey PRIMARY KEY (community_id, id);
alter table vocabulary_changes add constraint vocabulary_changes_check CHECK ((is_reset OR ((names IS NOT NULL) AND (descriptions IS NOT NULL) AND (data IS NOT NULL))));
alter table vocabulary_changes add constraint vocabulary_changes_code_check CHECK ((code ~ '^[a-z0-9_]{1,60}$'::text));
alter table vocabulary_changes add constraint vocabulary_changes_version_check CHECK ((version > 0));
alter table vocabulary_changes add constraint vocabulary_changes_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table vocabulary_changes add constraint vocabulary_changes_pkey PRIMARY KEY (community_id, kind, code, version);
alter table vote_ballots add constraint vote_ballots_code_hash_check CHECK ((code_hash ~ '^[0-9a-f]{64}$'::text));
alter table vote_ballots add constraint vote_ballots_option_check CHECK ((option = ANY (ARRAY['yes'::text, 'no'::text, 'abstain'::text])));
alter table vote_ballots add constraint vote_ballots_community_id_vote_event_id_fkey FOREIGN KEY (community_id, vote_event_id) REFERENCES vote_events(community_id, id);
alter table vote_ballots add constraint vote_ballots_pkey PRIMARY KEY (community_id, vote_event_id, code_hash);
alter table vote_events add constraint vote_events_ballot_check CHECK ((ballot = ANY (ARRAY['open'::text, 'secret'::text])));
alter table vote_events add constraint vote_events_box_salt_check CHECK ((box_salt ~ '^[0-9a-f]{32}$'::text));
alter table vote_events add constraint vote_events_check CHECK ((((closed_at IS NULL) = (result IS NULL)) AND ((closed_at IS NULL) = (counts IS NULL))));
alter table vote_events add constraint vote_events_result_check CHECK ((result = ANY (ARRAY['pass'::text, 'fail'::text, 'no_quorum'::text])));
alter table vote_events add constraint vote_events_community_id_meeting_id_fkey FOREIGN KEY (community_id, meeting_id) REFERENCES meetings(community_id, id);
alter table vote_events add constraint vote_events_community_id_motion_id_fkey FOREIGN KEY (community_id, motion_id) REFERENCES motions(community_id, id);
alter table vote_events add constraint vote_events_pkey PRIMARY KEY (community_id, id);
alter table vote_papers add constraint vote_papers_abstain_check CHECK ((abstain >= 0));
alter table vote_papers add constraint vote_papers_check CHECK ((((yes + no) + abstain) = cardinality(voter_ids)));
alter table vote_papers add constraint vote_papers_no_check CHECK ((no >= 0));
alter table vote_papers add constraint vote_papers_yes_check CHECK ((yes >= 0));
alter table vote_papers add constraint vote_papers_community_id_vote_event_id_fkey FOREIGN KEY (community_id, vote_event_id) REFERENCES vote_events(community_id, id);
alter table vote_papers add constraint vote_papers_pkey PRIMARY KEY (community_id, vote_event_id, entered_by_id);
alter table vote_roll add constraint vote_roll_channel_check CHECK ((channel = ANY (ARRAY['online'::text, 'assisted'::text, 'paper'::text])));
alter table vote_roll add constraint vote_roll_community_id_vote_event_id_fkey FOREIGN KEY (community_id, vote_event_id) REFERENCES vote_events(community_id, id);
alter table vote_roll add constraint vote_roll_pkey PRIMARY KEY (community_id, vote_event_id, person_id);
alter table voter_roll add constraint voter_roll_channel_check CHECK ((channel = ANY (ARRAY['online'::text, 'assisted'::text, 'paper'::text])));
alter table voter_roll add constraint voter_roll_community_id_round_id_fkey FOREIGN KEY (community_id, round_id) REFERENCES venture_rounds(community_id, id);
alter table voter_roll add constraint voter_roll_pkey PRIMARY KEY (community_id, round_id, person_id);
alter table votes add constraint votes_option_check CHECK ((option = ANY (ARRAY['yes'::text, 'no'::text, 'abstain'::text])));
alter table votes add constraint votes_community_id_person_id_fkey FOREIGN KEY (community_id, person_id) REFERENCES people(community_id, id);
alter table votes add constraint votes_community_id_vote_event_id_fkey FOREIGN KEY (community_id, vote_event_id) REFERENCES vote_events(community_id, id);
alter table votes add constraint votes_pkey PRIMARY KEY (community_id, vote_event_id, person_id);
alter table webhook_deliveries add constraint webhook_deliveries_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'failed'::text])));
alter table webhook_deliveries add constraint webhook_deliveries_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table webhook_deliveries add constraint webhook_deliveries_community_id_webhook_id_fkey FOREIGN KEY (community_id, webhook_id) REFERENCES webhooks(community_id, id);
alter table webhook_deliveries add constraint webhook_deliveries_pkey PRIMARY KEY (community_id, id);
alter table webhook_deliveries add constraint webhook_deliveries_community_id_webhook_id_event_id_key UNIQUE (community_id, webhook_id, event_id);
alter table webhooks add constraint webhooks_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);
alter table webhooks add constraint webhooks_pkey PRIMARY KEY (community_id, id);

-- Indexes

CREATE INDEX accounts_by_fund ON public.accounts USING btree (community_id, fund_id) WHERE (fund_id IS NOT NULL);
CREATE INDEX accounts_by_kind ON public.accounts USING btree (community_id, kind, id);
CREATE INDEX accounts_by_project ON public.accounts USING btree (community_id, project_id) WHERE (project_id IS NOT NULL);
CREATE UNIQUE INDEX accounts_restricted_lines ON public.accounts USING btree (community_id, fund_id, project_id, category) NULLS NOT DISTINCT WHERE ((kind = 'budget_line'::text) AND (restriction <> '{}'::jsonb) AND (closed_at IS NULL));
CREATE INDEX advances_by_account ON public.advances USING btree (community_id, account_id, due_on);
CREATE UNIQUE INDEX agenda_items_by_position ON public.agenda_items USING btree (community_id, meeting_id, "position") WHERE (dropped_at IS NULL);
CREATE INDEX bank_lines_by_state ON public.bank_lines USING btree (community_id, account_id, state, booked_on DESC, id DESC);
CREATE INDEX bank_matches_by_line ON public.bank_matches USING btree (community_id, line_id) WHERE (undone_at IS NULL);
CREATE UNIQUE INDEX bank_matches_once ON public.bank_matches USING btree (community_id, account_id, transfer_id) WHERE (undone_at IS NULL);
CREATE INDEX bank_statements_by_account ON public.bank_statements USING btree (community_id, account_id, id);
CREATE INDEX buildings_by_grid ON public.buildings USING btree (community_id, grid_id);
CREATE INDEX campaigns_by_start ON public.campaigns USING btree (community_id, starts_on DESC, id);
CREATE INDEX care_circumstances_by_consent ON public.care_circumstances USING btree (community_id, consent_id) WHERE (consent_id IS NOT NULL);
CREATE UNIQUE INDEX care_circumstances_once ON public.care_circumstances USING btree (community_id, person_id, kind, purpose) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX consents_once ON public.consents USING btree (community_id, person_id, purpose) WHERE (withdrawn_at IS NULL);
CREATE INDEX contact_points_by_person ON public.contact_points USING btree (community_id, person_id);
CREATE INDEX contact_points_by_value ON public.contact_points USING btree (community_id, value_fingerprint);
CREATE INDEX corrections_by_person ON public.corrections USING btree (community_id, person_id);
CREATE INDEX corrections_waiting ON public.corrections USING btree (community_id, asked_at, id) WHERE (state = 'asked'::text);
CREATE UNIQUE INDEX declared_interests_once ON public.declared_interests USING btree (community_id, agenda_item_id, motion_id, person_id) NULLS NOT DISTINCT;
CREATE INDEX deliveries_by_recipient ON public.deliveries USING btree (community_id, recipient_id) WHERE (state = ANY (ARRAY['waiting'::text, 'failed'::text]));
CREATE INDEX deliveries_due ON public.deliveries USING btree (community_id, channel, due_at) WHERE (state = ANY (ARRAY['waiting'::text, 'failed'::text]));
CREATE INDEX deliveries_listed ON public.deliveries USING btree (community_id, created_at DESC, id DESC);
CREATE INDEX delivery_notices_by_delivery ON public.delivery_notices USING btree (community_id, delivery_id);
CREATE INDEX delivery_notices_by_notice ON public.delivery_notices USING btree (community_id, notice_id);
CREATE INDEX donations_by_donor ON public.donations USING btree (community_id, donor_id, id);
CREATE INDEX donations_by_fund ON public.donations USING btree (community_id, fund_id, id) WHERE (fund_id IS NOT NULL);
CREATE UNIQUE INDEX donors_by_person ON public.donors USING btree (community_id, person_id) WHERE (person_id IS NOT NULL);
CREATE INDEX door_terms_by_worker ON public.door_terms USING btree (community_id, worker_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX door_terms_once ON public.door_terms USING btree (community_id, household_id) WHERE (ended_at IS NULL);
CREATE INDEX downloads_by_subject ON public.downloads USING btree (community_id, kind, subject_id, id DESC);
CREATE INDEX downloads_expiring ON public.downloads USING btree (community_id, expires_at);
CREATE INDEX events_by_subject ON public.events USING btree (community_id, subject_kind, subject_id, id);
CREATE INDEX events_to_log ON public.events USING btree (community_id, id) WHERE (kind ~ '^(head|rule|round_rules|venture_[a-z_]+|ballot|vote|proposal|project|draw|seat|transfer|account|month|donation|pledge|grant|spending|advance|appeal|disclosure|post|term|role|motion|resolution|council|meeting)\.'::text);
CREATE INDEX file_reads_by_person ON public.file_reads USING btree (community_id, person_id, id DESC);
CREATE INDEX forum_sessions_by_start ON public.forum_sessions USING btree (community_id, starts_at DESC, id);
CREATE UNIQUE INDEX grant_instalments_by_transfer ON public.grant_instalments USING btree (community_id, transfer_id) WHERE (transfer_id IS NOT NULL);
CREATE UNIQUE INDEX grid_terms_one_worker ON public.grid_terms USING btree (community_id, grid_id, person_id, duty) WHERE (ended_at IS NULL);
CREATE INDEX household_members_by_person ON public.household_members USING btree (community_id, person_id);
CREATE UNIQUE INDEX household_members_once ON public.household_members USING btree (community_id, household_id, person_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX household_members_one_verified ON public.household_members USING btree (community_id, person_id) WHERE ((verified_at IS NOT NULL) AND (ended_at IS NULL));
CREATE UNIQUE INDEX knock_wishes_once ON public.knock_wishes USING btree (community_id, household_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX letter_claims_first ON public.letter_claims USING btree (community_id, letter_id) WHERE (outcome = 'verified'::text);
CREATE INDEX letter_replies_by_letter ON public.letter_replies USING btree (community_id, letter_id);
CREATE UNIQUE INDEX letter_replies_by_visit ON public.letter_replies USING btree (community_id, visit_id) WHERE (visit_id IS NOT NULL);
CREATE INDEX letter_tries_by_person ON public.letter_tries USING btree (community_id, person_id, at);
CREATE INDEX letter_tries_by_time ON public.letter_tries USING btree (community_id, at);
CREATE UNIQUE INDEX letters_by_code ON public.letters USING btree (community_id, code_hash) WHERE (code_hash IS NOT NULL);
CREATE INDEX letters_by_household ON public.letters USING btree (community_id, household_id);
CREATE INDEX letters_in_order ON public.letters USING btree (community_id, campaign_id, "position");
CREATE INDEX links_backwards ON public.links USING btree (community_id, to_kind, to_id);
CREATE INDEX login_attempts_by_address ON public.login_attempts USING btree (address_key, at);
CREATE INDEX login_attempts_by_login ON public.login_attempts USING btree (login_key, at);
CREATE INDEX login_codes_by_phone ON public.login_codes USING btree (phone_fingerprint, created_at);
CREATE INDEX login_sessions_by_login ON public.login_sessions USING btree (login_id);
CREATE UNIQUE INDEX meeting_attendances_once ON public.meeting_attendances USING btree (community_id, meeting_id, person_id) WHERE (left_at IS NULL);
CREATE UNIQUE INDEX meeting_entries_by_number ON public.meeting_entries USING btree (community_id, meeting_id, number);
CREATE INDEX meeting_papers_by_file ON public.meeting_papers USING btree (community_id, file_hash) WHERE (file_hash IS NOT NULL);
CREATE INDEX meeting_papers_by_meeting ON public.meeting_papers USING btree (community_id, meeting_id, attached_at);
CREATE INDEX meetings_by_start ON public.meetings USING btree (community_id, starts_at DESC, id);
CREATE UNIQUE INDEX memberships_by_organisation ON public.memberships USING btree (community_id, organisation_id, member_organisation_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX memberships_by_person ON public.memberships USING btree (community_id, organisation_id, person_id) WHERE (ended_at IS NULL);
CREATE INDEX memberships_of_organisation ON public.memberships USING btree (community_id, member_organisation_id) WHERE (ended_at IS NULL);
CREATE INDEX memberships_of_person ON public.memberships USING btree (community_id, person_id) WHERE (ended_at IS NULL);
CREATE INDEX moderation_steps_by_subject ON public.moderation_steps USING btree (community_id, subject_id, at DESC, id DESC);
CREATE INDEX moderation_steps_by_time ON public.moderation_steps USING btree (community_id, at DESC, id DESC);
CREATE INDEX motions_by_amended ON public.motions USING btree (community_id, amends_id) WHERE (amends_id IS NOT NULL);
CREATE UNIQUE INDEX motions_by_number ON public.motions USING btree (community_id, meeting_id, number);
CREATE INDEX notices_by_person ON public.notices USING btree (community_id, person_id, id DESC);
CREATE UNIQUE INDEX notices_once ON public.notices USING btree (community_id, cause_id, person_id) WHERE (cause_id IS NOT NULL);
CREATE INDEX notices_waiting ON public.notices USING btree (community_id, person_id, created_at) WHERE (gathered_at IS NULL);
CREATE INDEX opinions_by_person ON public.opinions USING btree (community_id, person_id, given_at DESC);
CREATE INDEX opinions_by_time ON public.opinions USING btree (community_id, given_at);
CREATE INDEX organisation_phases_by_organisation ON public.organisation_phases USING btree (community_id, organisation_id, id);
CREATE INDEX organisations_by_kind ON public.organisations USING btree (community_id, kind);
CREATE UNIQUE INDEX organisations_by_registered_number ON public.organisations USING btree (community_id, registered_number) WHERE ((registered_number IS NOT NULL) AND (ended_at IS NULL));
CREATE UNIQUE INDEX people_by_login ON public.people USING btree (community_id, login_id) WHERE (login_id IS NOT NULL);
CREATE INDEX people_by_name ON public.people USING btree (community_id, name_fingerprint);
CREATE INDEX phones_by_person ON public.phones USING btree (community_id, person_id, last_contact_at DESC);
CREATE INDEX pledge_donations_by_pledge ON public.pledge_donations USING btree (community_id, pledge_id);
CREATE INDEX pledges_by_donor ON public.pledges USING btree (community_id, donor_id, id);
CREATE INDEX pledges_by_due ON public.pledges USING btree (community_id, due_on, id) WHERE (lapsed_at IS NULL);
CREATE INDEX post_invitations_by_person ON public.post_invitations USING btree (community_id, person_id, invited_at DESC);
CREATE UNIQUE INDEX post_invitations_once ON public.post_invitations USING btree (community_id, post_id, person_id) WHERE ((answered_at IS NULL) AND (withdrawn_at IS NULL));
CREATE UNIQUE INDEX post_terms_by_person ON public.post_terms USING btree (community_id, post_id, person_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX post_terms_by_seat ON public.post_terms USING btree (community_id, post_id, seat) WHERE (ended_at IS NULL);
CREATE INDEX post_terms_of_person ON public.post_terms USING btree (community_id, person_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX posts_by_code ON public.posts USING btree (community_id, organisation_id, code) WHERE (ended_at IS NULL);
CREATE INDEX project_changes_by_project ON public.project_changes USING btree (community_id, project_id, id);
CREATE UNIQUE INDEX project_changes_waiting ON public.project_changes USING btree (community_id, milestone_id) WHERE (state = 'waiting'::text);
CREATE INDEX project_files_by_hash ON public.project_files USING btree (community_id, file_hash);
CREATE UNIQUE INDEX project_milestones_by_position ON public.project_milestones USING btree (community_id, project_id, "position");
CREATE INDEX project_milestones_to_watch ON public.project_milestones USING btree (community_id, due_on) WHERE ((state = 'planned'::text) AND (escalation < 2));
CREATE INDEX project_risks_by_project ON public.project_risks USING btree (community_id, project_id, id);
CREATE UNIQUE INDEX project_signatures_by_person ON public.project_signatures USING btree (community_id, project_id, agreement_version, person_id);
CREATE INDEX project_steps_by_project ON public.project_steps USING btree (community_id, project_id, id);
CREATE INDEX projects_by_organisation ON public.projects USING btree (community_id, organisation_id) WHERE (organisation_id IS NOT NULL);
CREATE UNIQUE INDEX projects_by_proposal ON public.projects USING btree (community_id, proposal_id);
CREATE INDEX projects_by_round ON public.projects USING btree (community_id, round_id);
CREATE INDEX projects_by_state ON public.projects USING btree (community_id, state, id);
CREATE INDEX proposal_steps_by_proposal ON public.proposal_steps USING btree (community_id, proposal_id, id);
CREATE UNIQUE INDEX proposals_by_number ON public.proposals USING btree (community_id, round_id, number);
CREATE UNIQUE INDEX proposals_by_pabulib_id ON public.proposals USING btree (community_id, round_id, pabulib_id);
CREATE INDEX proposals_by_proposer ON public.proposals USING btree (community_id, proposer_id) WHERE (proposer_id IS NOT NULL);
CREATE INDEX proxies_by_proxy ON public.proxies USING btree (community_id, proxy_id);
CREATE UNIQUE INDEX proxies_once ON public.proxies USING btree (community_id, subject_id, proxy_id) WHERE (ended_at IS NULL);
CREATE INDEX push_subscriptions_by_person ON public.push_subscriptions USING btree (community_id, person_id);
CREATE INDEX request_followers_by_person ON public.request_followers USING btree (community_id, person_id);
CREATE INDEX request_helpers_by_request ON public.request_helpers USING btree (community_id, request_id);
CREATE INDEX request_steps_by_request ON public.request_steps USING btree (community_id, request_id, id);
CREATE INDEX requests_by_answer ON public.requests USING btree (community_id, answered_at DESC, id DESC) WHERE (answered_at IS NOT NULL);
CREATE INDEX requests_by_category ON public.requests USING btree (community_id, category_id, submitted_at DESC, id DESC);
CREATE INDEX requests_by_change ON public.requests USING btree (community_id, changed_at, id);
CREATE INDEX requests_by_grid ON public.requests USING btree (community_id, grid_id, submitted_at DESC, id DESC);
CREATE INDEX requests_by_joined ON public.requests USING btree (community_id, joined_into_id) WHERE (joined_into_id IS NOT NULL);
CREATE INDEX requests_by_place ON public.requests USING btree (community_id, latitude, longitude) WHERE (latitude IS NOT NULL);
CREATE INDEX requests_by_reporter ON public.requests USING btree (community_id, reporter_id, submitted_at DESC);
CREATE INDEX requests_categorised ON public.requests USING btree (community_id, submitted_at) WHERE (categorised_by IS NOT NULL);
CREATE INDEX requests_measured ON public.requests USING btree (community_id, submitted_at) INCLUDE (state, grid_id, category_id, owner_id, closed_at, answered_at, original_due_at, responded_at, response_due_at, stars, reopened_count, version);
CREATE INDEX requests_open_by_due ON public.requests USING btree (community_id, due_at, id) WHERE (closed_at IS NULL);
CREATE INDEX requests_open_by_owner ON public.requests USING btree (community_id, owner_id, due_at) WHERE (closed_at IS NULL);
CREATE INDEX requests_open_by_place ON public.requests USING btree (community_id, latitude, longitude) WHERE ((closed_at IS NULL) AND (latitude IS NOT NULL));
CREATE INDEX requests_public_newest ON public.requests USING btree (community_id, submitted_at DESC, id DESC) WHERE is_public;
CREATE INDEX requests_search ON public.requests USING gin (search);
CREATE UNIQUE INDEX residence_disputes_once ON public.residence_disputes USING btree (community_id, member_id) WHERE (settled_at IS NULL);
CREATE INDEX residence_disputes_waiting ON public.residence_disputes USING btree (community_id, opened_at, id) WHERE (settled_at IS NULL);
CREATE UNIQUE INDEX resolutions_by_motion ON public.resolutions USING btree (community_id, motion_id);
CREATE UNIQUE INDEX resolutions_by_number ON public.resolutions USING btree (community_id, organisation_id, number);
CREATE UNIQUE INDEX resolutions_by_request ON public.resolutions USING btree (community_id, request_id);
CREATE INDEX role_grants_by_person ON public.role_grants USING btree (community_id, person_id) WHERE (ended_at IS NULL);
CREATE INDEX role_grants_by_role ON public.role_grants USING btree (community_id, role) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX role_grants_once ON public.role_grants USING btree (community_id, person_id, role, scope_kind, scope_id) NULLS NOT DISTINCT WHERE (ended_at IS NULL);
CREATE INDEX round_doors_by_household ON public.round_doors USING btree (community_id, household_id) WHERE (off_at IS NULL);
CREATE INDEX rounds_by_worker ON public.rounds USING btree (community_id, worker_id, planned_on DESC);
CREATE INDEX rounds_open ON public.rounds USING btree (community_id, planned_on) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX routing_rules_by_number ON public.routing_rules USING btree (community_id, number) WHERE (ended_at IS NULL);
CREATE INDEX safety_notes_by_household ON public.safety_notes USING btree (community_id, household_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX saved_filters_by_name ON public.saved_filters USING btree (community_id, person_id, list, name);
CREATE UNIQUE INDEX speaking_turns_once ON public.speaking_turns USING btree (community_id, session_id, person_id) WHERE ((ended_at IS NULL) AND (left_at IS NULL) AND (person_id IS NOT NULL));
CREATE UNIQUE INDEX speaking_turns_one_speaker ON public.speaking_turns USING btree (community_id, session_id) WHERE ((started_at IS NOT NULL) AND (ended_at IS NULL));
CREATE INDEX speech_marks_by_person ON public.speech_marks USING btree (community_id, person_id, marked_at DESC);
CREATE INDEX speech_photos_by_file ON public.speech_photos USING btree (community_id, file_hash);
CREATE INDEX speeches_by_speaker ON public.speeches USING btree (community_id, speaker_id, said_at DESC);
CREATE INDEX speeches_search ON public.speeches USING gin (search);
CREATE INDEX speeches_waiting ON public.speeches USING btree (community_id, said_at) WHERE (state = 'waiting'::text);
CREATE INDEX spending_files_by_hash ON public.spending_files USING btree (community_id, file_hash);
CREATE INDEX spendings_by_account ON public.spendings USING btree (community_id, debit_account_id, id);
CREATE INDEX spendings_by_amount ON public.spendings USING btree (community_id, amount_fen DESC, id) WHERE (state = 'posted'::text);
CREATE INDEX spendings_by_state ON public.spendings USING btree (community_id, state, id);
CREATE INDEX statements_by_writer ON public.statements USING btree (community_id, written_by_id, written_at DESC);
CREATE INDEX statements_waiting ON public.statements USING btree (community_id, written_at) WHERE (state = 'waiting'::text);
CREATE INDEX tombstones_by_person ON public.tombstones USING btree (community_id, person_id, deleted_at);
CREATE INDEX topics_by_raiser ON public.topics USING btree (community_id, raised_by_id, raised_at DESC);
CREATE INDEX topics_by_session ON public.topics USING btree (community_id, session_id) WHERE (session_id IS NOT NULL);
CREATE INDEX topics_by_speech ON public.topics USING btree (community_id, spoken_at DESC, id DESC);
CREATE INDEX topics_search ON public.topics USING gin (search);
CREATE INDEX topics_waiting ON public.topics USING btree (community_id, raised_at) WHERE (state = 'waiting'::text);
CREATE INDEX transfers_by_cause ON public.transfers USING btree (community_id, cause_kind, cause_id) WHERE (cause_id IS NOT NULL);
CREATE INDEX transfers_by_credit ON public.transfers USING btree (community_id, credit_account_id, at DESC, sequence DESC) INCLUDE (amount_fen, flow);
CREATE INDEX transfers_by_debit ON public.transfers USING btree (community_id, debit_account_id, at DESC, sequence DESC) INCLUDE (amount_fen, flow);
CREATE INDEX transfers_held ON public.transfers USING btree (community_id, at) WHERE (flow = 'pending'::text);
CREATE INDEX transfers_in_order ON public.transfers USING btree (community_id, at DESC, sequence DESC);
CREATE UNIQUE INDEX transfers_resolved_once ON public.transfers USING btree (community_id, pending_id) WHERE (pending_id IS NOT NULL);
CREATE UNIQUE INDEX transfers_reversed_once ON public.transfers USING btree (community_id, reverses_id) WHERE (reverses_id IS NOT NULL);
CREATE INDEX uploads_by_file ON public.uploads USING btree (community_id, file_hash) WHERE (file_hash IS NOT NULL);
CREATE UNIQUE INDEX venture_rounds_by_number ON public.venture_rounds USING btree (community_id, number);
CREATE INDEX visit_conflicts_by_visit ON public.visit_conflicts USING btree (community_id, visit_id);
CREATE INDEX visit_conflicts_open ON public.visit_conflicts USING btree (community_id, found_at DESC, id) WHERE (decided_at IS NULL);
CREATE INDEX visit_conflicts_set_aside ON public.visit_conflicts USING btree (community_id, set_aside_visit_id) WHERE (set_aside_visit_id IS NOT NULL);
CREATE INDEX visit_files_by_source ON public.visit_files USING btree (community_id, source_hash);
CREATE UNIQUE INDEX visit_needs_by_request ON public.visit_needs USING btree (community_id, request_id);
CREATE INDEX visits_by_day ON public.visits USING btree (community_id, knocked_on, id) INCLUDE (grid_id, occasion, outcome, household_id, worker_id);
CREATE INDEX visits_by_household ON public.visits USING btree (community_id, household_id, occasion, knocked_at DESC) INCLUDE (outcome, come_again_on);
CREATE INDEX visits_by_round ON public.visits USING btree (community_id, round_id) WHERE (round_id IS NOT NULL);
CREATE INDEX visits_by_worker ON public.visits USING btree (community_id, worker_id, knocked_at DESC);
CREATE UNIQUE INDEX visits_device_order ON public.visits USING btree (community_id, device_id, device_order) WHERE (device_id IS NOT NULL);
CREATE INDEX vote_events_by_motion ON public.vote_events USING btree (community_id, motion_id, opened_at);
CREATE UNIQUE INDEX vote_events_open ON public.vote_events USING btree (community_id, meeting_id) WHERE (closed_at IS NULL);

-- Row-level security

alter table accounts enable and force row level security;
create policy community_only on accounts PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table advances enable and force row level security;
create policy community_only on advances PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table agenda_items enable and force row level security;
create policy community_only on agenda_items PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table answer_templates enable and force row level security;
create policy community_only on answer_templates PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table api_tokens enable and force row level security;
create policy community_only on api_tokens PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table automatic_category_switches enable and force row level security;
create policy community_only on automatic_category_switches PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table ballots enable and force row level security;
create policy community_only on ballots PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table bank_lines enable and force row level security;
create policy community_only on bank_lines PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table bank_matches enable and force row level security;
create policy community_only on bank_matches PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table bank_statements enable and force row level security;
create policy community_only on bank_statements PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table buildings enable and force row level security;
create policy community_only on buildings PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table campaigns enable and force row level security;
create policy community_only on campaigns PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table care_circumstances enable and force row level security;
create policy community_only on care_circumstances PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table categories enable and force row level security;
create policy community_only on categories PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table category_models enable and force row level security;
create policy community_only on category_models PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table chat_addresses enable and force row level security;
create policy community_only on chat_addresses PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table check_runs enable and force row level security;
create policy community_only on check_runs PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table closed_months enable and force row level security;
create policy community_only on closed_months PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table consent_texts enable and force row level security;
create policy community_only on consent_texts PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table consents enable and force row level security;
create policy community_only on consents PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table contact_points enable and force row level security;
create policy community_only on contact_points PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table corrections enable and force row level security;
create policy community_only on corrections PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table council_rules enable and force row level security;
create policy community_only on council_rules PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table declared_interests enable and force row level security;
create policy community_only on declared_interests PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table deliveries enable and force row level security;
create policy community_only on deliveries PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table delivery_notices enable and force row level security;
create policy community_only on delivery_notices PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table disclosures enable and force row level security;
create policy community_only on disclosures PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table donations enable and force row level security;
create policy community_only on donations PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table donors enable and force row level security;
create policy community_only on donors PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table door_terms enable and force row level security;
create policy community_only on door_terms PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table download_parts enable and force row level security;
create policy community_only on download_parts PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table downloads enable and force row level security;
create policy community_only on downloads PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table events enable and force row level security;
create policy community_only on events PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table facilities enable and force row level security;
create policy community_only on facilities PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table file_reads enable and force row level security;
create policy community_only on file_reads PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table file_uploaders enable and force row level security;
create policy community_only on file_uploaders PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table files enable and force row level security;
create policy community_only on files PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table forum_sessions enable and force row level security;
create policy community_only on forum_sessions PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table grant_instalments enable and force row level security;
create policy community_only on grant_instalments PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table grants enable and force row level security;
create policy community_only on grants PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table grid_terms enable and force row level security;
create policy community_only on grid_terms PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table grids enable and force row level security;
create policy community_only on grids PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table household_members enable and force row level security;
create policy community_only on household_members PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table households enable and force row level security;
create policy community_only on households PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table knock_wishes enable and force row level security;
create policy community_only on knock_wishes PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table letter_campaigns enable and force row level security;
create policy community_only on letter_campaigns PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table letter_claims enable and force row level security;
create policy community_only on letter_claims PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table letter_replies enable and force row level security;
create policy community_only on letter_replies PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table letter_tries enable and force row level security;
create policy community_only on letter_tries PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table letters enable and force row level security;
create policy community_only on letters PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table links enable and force row level security;
create policy community_only on links PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table log_heads enable and force row level security;
create policy community_only on log_heads PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table log_leaves enable and force row level security;
create policy community_only on log_leaves PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table log_nodes enable and force row level security;
create policy community_only on log_nodes PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table map_layers enable and force row level security;
create policy community_only on map_layers PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table meeting_attendances enable and force row level security;
create policy community_only on meeting_attendances PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table meeting_entries enable and force row level security;
create policy community_only on meeting_entries PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table meeting_entry_texts enable and force row level security;
create policy community_only on meeting_entry_texts PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table meeting_papers enable and force row level security;
create policy community_only on meeting_papers PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table meetings enable and force row level security;
create policy community_only on meetings PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table memberships enable and force row level security;
create policy community_only on memberships PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table minute_entries enable and force row level security;
create policy community_only on minute_entries PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table minute_texts enable and force row level security;
create policy community_only on minute_texts PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table moderation_steps enable and force row level security;
create policy community_only on moderation_steps PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table monthly_spending enable and force row level security;
create policy community_only on monthly_spending PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table motion_texts enable and force row level security;
create policy community_only on motion_texts PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table motions enable and force row level security;
create policy community_only on motions PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table notice_choices enable and force row level security;
create policy community_only on notice_choices PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table notice_preferences enable and force row level security;
create policy community_only on notice_preferences PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table notices enable and force row level security;
create policy community_only on notices PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table open311_submissions enable and force row level security;
create policy community_only on open311_submissions PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table opinion_maps enable and force row level security;
create policy community_only on opinion_maps PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table opinions enable and force row level security;
create policy community_only on opinions PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table organisation_phases enable and force row level security;
create policy community_only on organisation_phases PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table organisations enable and force row level security;
create policy community_only on organisations PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table paper_entries enable and force row level security;
create policy community_only on paper_entries PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table people enable and force row level security;
create policy community_only on people PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table phones enable and force row level security;
create policy community_only on phones PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table pledge_donations enable and force row level security;
create policy community_only on pledge_donations PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table pledges enable and force row level security;
create policy community_only on pledges PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table post_invitations enable and force row level security;
create policy community_only on post_invitations PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table post_terms enable and force row level security;
create policy community_only on post_terms PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table posters enable and force row level security;
create policy community_only on posters PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table posts enable and force row level security;
create policy community_only on posts PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table project_answer_counts enable and force row level security;
create policy community_only on project_answer_counts PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table project_answer_roll enable and force row level security;
create policy community_only on project_answer_roll PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table project_beneficiaries enable and force row level security;
create policy community_only on project_beneficiaries PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table project_changes enable and force row level security;
create policy community_only on project_changes PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table project_files enable and force row level security;
create policy community_only on project_files PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table project_milestones enable and force row level security;
create policy community_only on project_milestones PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table project_risks enable and force row level security;
create policy community_only on project_risks PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table project_signatures enable and force row level security;
create policy community_only on project_signatures PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table project_steps enable and force row level security;
create policy community_only on project_steps PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table projects enable and force row level security;
create policy community_only on projects PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table proposal_sponsors enable and force row level security;
create policy community_only on proposal_sponsors PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table proposal_steps enable and force row level security;
create policy community_only on proposal_steps PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table proposals enable and force row level security;
create policy community_only on proposals PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table proxies enable and force row level security;
create policy community_only on proxies PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table published_ballots enable and force row level security;
create policy community_only on published_ballots PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table push_subscriptions enable and force row level security;
create policy community_only on push_subscriptions PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table receipt_numbers enable and force row level security;
create policy community_only on receipt_numbers PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table receipts enable and force row level security;
create policy community_only on receipts PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table replaced_ballots enable and force row level security;
create policy community_only on replaced_ballots PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table request_followers enable and force row level security;
create policy community_only on request_followers PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table request_helpers enable and force row level security;
create policy community_only on request_helpers PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table request_photos enable and force row level security;
create policy community_only on request_photos PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table request_steps enable and force row level security;
create policy community_only on request_steps PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table requests enable and force row level security;
create policy community_only on requests PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table residence_disputes enable and force row level security;
create policy community_only on residence_disputes PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table resolutions enable and force row level security;
create policy community_only on resolutions PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table role_grants enable and force row level security;
create policy community_only on role_grants PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table round_doors enable and force row level security;
create policy community_only on round_doors PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table rounds enable and force row level security;
create policy community_only on rounds PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table routing_rules enable and force row level security;
create policy community_only on routing_rules PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table safety_notes enable and force row level security;
create policy community_only on safety_notes PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table saved_filters enable and force row level security;
create policy community_only on saved_filters PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table spaces enable and force row level security;
create policy community_only on spaces PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table speaking_turns enable and force row level security;
create policy community_only on speaking_turns PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table speech_marks enable and force row level security;
create policy community_only on speech_marks PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table speech_photos enable and force row level security;
create policy community_only on speech_photos PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table speeches enable and force row level security;
create policy community_only on speeches PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table spending_approvals enable and force row level security;
create policy community_only on spending_approvals PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table spending_files enable and force row level security;
create policy community_only on spending_files PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table spendings enable and force row level security;
create policy community_only on spendings PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table statements enable and force row level security;
create policy community_only on statements PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table tombstones enable and force row level security;
create policy community_only on tombstones PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table topics enable and force row level security;
create policy community_only on topics PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table transfers enable and force row level security;
create policy community_only on transfers PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table uploads enable and force row level security;
create policy community_only on uploads PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table venture_results enable and force row level security;
create policy community_only on venture_results PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table venture_rounds enable and force row level security;
create policy community_only on venture_rounds PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table visit_conflicts enable and force row level security;
create policy community_only on visit_conflicts PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table visit_files enable and force row level security;
create policy community_only on visit_files PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table visit_needs enable and force row level security;
create policy community_only on visit_needs PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table visits enable and force row level security;
create policy community_only on visits PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table vocabulary_changes enable and force row level security;
create policy community_only on vocabulary_changes PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table vote_ballots enable and force row level security;
create policy community_only on vote_ballots PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table vote_events enable and force row level security;
create policy community_only on vote_events PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table vote_papers enable and force row level security;
create policy community_only on vote_papers PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table vote_roll enable and force row level security;
create policy community_only on vote_roll PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table voter_roll enable and force row level security;
create policy community_only on voter_roll PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table votes enable and force row level security;
create policy community_only on votes PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table webhook_deliveries enable and force row level security;
create policy community_only on webhook_deliveries PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));
alter table webhooks enable and force row level security;
create policy community_only on webhooks PERMISSIVE for ALL to public using ((community_id = current_community())) with check ((community_id = current_community()));

-- Privileges

grant insert, select, update on accounts to yingmen_app;
grant insert, select on advances to yingmen_app;
grant insert, select, update on agenda_items to yingmen_app;
grant insert, select, update on answer_templates to yingmen_app;
grant insert, select, update on api_tokens to yingmen_app;
grant insert, select on automatic_category_switches to yingmen_app;
grant delete, insert, select, update on ballots to yingmen_app;
grant insert, select, update on bank_lines to yingmen_app;
grant insert, select, update on bank_matches to yingmen_app;
grant insert, select on bank_statements to yingmen_app;
grant insert, select, update on buildings to yingmen_app;
grant insert, select, update on calendars to yingmen_app;
grant insert, select, update on campaigns to yingmen_app;
grant delete, insert, select, update on care_circumstances to yingmen_app;
grant insert, select, update on categories to yingmen_app;
grant insert, select, update on category_models to yingmen_app;
grant delete, insert, select, update on chat_addresses to yingmen_app;
grant insert, select on check_runs to yingmen_app;
grant insert, select on closed_months to yingmen_app;
grant insert, select, update on communities to yingmen_app;
grant insert, select on consent_texts to yingmen_app;
grant delete, insert, select, update on consents to yingmen_app;
grant insert, select, update on contact_points to yingmen_app;
grant insert, select, update on corrections to yingmen_app;
grant insert, select, update on council_rules to yingmen_app;
grant insert, select on declared_interests to yingmen_app;
grant insert, select, update on deliveries to yingmen_app;
grant insert, select on delivery_notices to yingmen_app;
grant insert, select on disclosures to yingmen_app;
grant insert, select on donations to yingmen_app;
grant insert, select, update on donors to yingmen_app;
grant insert, select, update on door_terms to yingmen_app;
grant delete, insert, select on download_parts to yingmen_app;
grant delete, insert, select, update on downloads to yingmen_app;
grant insert, select on events to yingmen_app;
grant insert, select, update on facilities to yingmen_app;
grant insert, select on file_reads to yingmen_app;
grant insert, select on file_uploaders to yingmen_app;
grant delete, insert, select on files to yingmen_app;
grant insert, select, update on forum_sessions to yingmen_app;
grant insert, select, update on grant_instalments to yingmen_app;
grant insert, select on grants to yingmen_app;
grant insert, select, update on grid_terms to yingmen_app;
grant insert, select, update on grids to yingmen_app;
grant insert, select, update on household_members to yingmen_app;
grant insert, select, update on households to yingmen_app;
grant insert, select, update on knock_wishes to yingmen_app;
grant insert, select, update on letter_campaigns to yingmen_app;
grant insert, select on letter_claims to yingmen_app;
grant insert, select, update on letter_replies to yingmen_app;
grant delete, insert, select on letter_tries to yingmen_app;
grant insert, select, update on letters to yingmen_app;
grant insert, select on links to yingmen_app;
grant insert, select on log_heads to yingmen_app;
grant insert, select on log_leaves to yingmen_app;
grant insert, select on log_nodes to yingmen_app;
grant delete, insert, select, update on login_attempts to yingmen_app;
grant delete, insert, select, update on login_challenges to yingmen_app;
grant delete, insert, select, update on login_codes to yingmen_app;
grant delete, insert, select, update on login_passkeys to yingmen_app;
grant delete, insert, select, update on login_sessions to yingmen_app;
grant delete, insert, select, update on logins to yingmen_app;
grant insert, select, update on map_layers to yingmen_app;
grant insert, select, update on meeting_attendances to yingmen_app;
grant insert, select on meeting_entries to yingmen_app;
grant insert, select on meeting_entry_texts to yingmen_app;
grant insert, select, update on meeting_papers to yingmen_app;
grant insert, select, update on meetings to yingmen_app;
grant insert, select, update on memberships to yingmen_app;
grant insert, select on minute_entries to yingmen_app;
grant insert, select on minute_texts to yingmen_app;
grant insert, select on moderation_steps to yingmen_app;
grant insert, select, update on monthly_spending to yingmen_app;
grant insert, select on motion_texts to yingmen_app;
grant insert, select, update on motions to yingmen_app;
grant insert, select, update on notice_choices to yingmen_app;
grant insert, select, update on notice_preferences to yingmen_app;
grant insert, select, update on notices to yingmen_app;
grant insert, select on open311_submissions to yingmen_app;
grant insert, select, update on opinion_maps to yingmen_app;
grant insert, select, update on opinions to yingmen_app;
grant insert, select on organisation_phases to yingmen_app;
grant insert, select, update on organisations to yingmen_app;
grant delete, insert, select, update on paper_entries to yingmen_app;
grant insert, select, update on people to yingmen_app;
grant insert, select, update on phones to yingmen_app;
grant insert, select on pledge_donations to yingmen_app;
grant insert, select, update on pledges to yingmen_app;
grant insert, select, update on post_invitations to yingmen_app;
grant insert, select, update on post_terms to yingmen_app;
grant insert, select, update on posters to yingmen_app;
grant insert, select, update on posts to yingmen_app;
grant insert, select, update on project_answer_counts to yingmen_app;
grant insert, select on project_answer_roll to yingmen_app;
grant insert, select on project_beneficiaries to yingmen_app;
grant insert, select, update on project_changes to yingmen_app;
grant insert, select on project_files to yingmen_app;
grant delete, insert, select, update on project_milestones to yingmen_app;
grant insert, select, update on project_risks to yingmen_app;
grant insert, select on project_signatures to yingmen_app;
grant insert, select on project_steps to yingmen_app;
grant insert, select, update on projects to yingmen_app;
grant delete, insert, select on proposal_sponsors to yingmen_app;
grant insert, select on proposal_steps to yingmen_app;
grant insert, select, update on proposals to yingmen_app;
grant insert, select, update on proxies to yingmen_app;
grant insert, select on published_ballots to yingmen_app;
grant delete, insert, select, update on push_subscriptions to yingmen_app;
grant insert, select, update on receipt_numbers to yingmen_app;
grant insert, select on receipts to yingmen_app;
grant delete, insert, select on replaced_ballots to yingmen_app;
grant insert, select, update on request_followers to yingmen_app;
grant insert, select, update on request_helpers to yingmen_app;
grant usage on request_number_seq to yingmen_app;
grant insert, select, update on request_photos to yingmen_app;
grant insert, select on request_steps to yingmen_app;
grant insert, select, update on requests to yingmen_app;
grant insert, select, update on residence_disputes to yingmen_app;
grant insert, select on resolutions to yingmen_app;
grant insert, select, update on role_grants to yingmen_app;
grant insert, select, update on round_doors to yingmen_app;
grant insert, select, update on rounds to yingmen_app;
grant insert, select, update on routing_rules to yingmen_app;
grant insert, select, update on safety_notes to yingmen_app;
grant delete, insert, select, update on saved_filters to yingmen_app;
grant insert, select, update on spaces to yingmen_app;
grant insert, select, update on speaking_turns to yingmen_app;
grant insert, select, update on speech_marks to yingmen_app;
grant insert, select on speech_photos to yingmen_app;
grant insert, select, update on speeches to yingmen_app;
grant insert, select on spending_approvals to yingmen_app;
grant insert, select on spending_files to yingmen_app;
grant insert, select, update on spendings to yingmen_app;
grant insert, select, update on statements to yingmen_app;
grant insert, select on tombstones to yingmen_app;
grant insert, select, update on topics to yingmen_app;
grant insert, select on transfers to yingmen_app;
grant insert, select, update on uploads to yingmen_app;
grant insert, select on venture_results to yingmen_app;
grant insert, select, update on venture_rounds to yingmen_app;
grant insert, select, update on visit_conflicts to yingmen_app;
grant insert, select on visit_files to yingmen_app;
grant insert, select on visit_needs to yingmen_app;
grant insert, select on visits to yingmen_app;
grant insert, select on vocabulary_changes to yingmen_app;
grant delete, insert, select on vote_ballots to yingmen_app;
grant insert, select, update on vote_events to yingmen_app;
grant delete, insert, select, update on vote_papers to yingmen_app;
grant insert, select on vote_roll to yingmen_app;
grant insert, select on voter_roll to yingmen_app;
grant insert, select on votes to yingmen_app;
grant insert, select, update on webhook_deliveries to yingmen_app;
grant insert, select, update on webhooks to yingmen_app;
