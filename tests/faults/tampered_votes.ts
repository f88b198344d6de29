import { newId } from '#platform/ids.ts';
import { another, ID, sum, type Tampered } from './tampered.ts';

export const COUNCIL: Record<string, Tampered> = {
  council_rules: {
    key: 'organisation_id::text',
    edits: ["rules = jsonb_set(rules, '{quorum,numerator}', '9')", sum('version'), another('changed_by_id')],
  },
  meetings: {
    key: 'id::text',
    edits: [
      ...[another('chair_id'), "called_at = called_at - interval '1 hour'", "minutes_sha256 = repeat('0', 64)"],
      ...['minutes_text = minutes_text || \'{"x": 1}\'', 'titles = titles || \'{"en": "x"}\'', "place_text = 'x'"],
      ...["ends_at = ends_at + interval '1 hour'", "cancelled_reason = cancelled_reason || '。'"],
    ],
  },
  meeting_attendances: {
    key: "concat_ws('/', meeting_id, person_id, (extract(epoch from arrived_at) * 1000)::float8)",
    edits: [
      ...["arrived_at = arrived_at - interval '1 second'", "left_at = coalesce(left_at, now()) - interval '1 second'"],
      ...[another('person_id'), another('recorded_by_id')],
    ],
    copy: { person_id: newId(), left_at: '2026-03-04T03:00:00Z' },
  },
  agenda_items: {
    ...{ key: 'id::text', copy: { ...ID, position: 99 } },
    edits: [
      ...['titles = titles || \'{"zh-CN": "x"}\'', 'position = position + 50', another('meeting_id')],
      "dropped_at = now(), dropped_reason = coalesce(dropped_reason, '') || 'x'",
    ],
  },
  meeting_papers: {
    ...{ key: 'id::text', copy: ID },
    edits: ["title = title || 'x'", "text = text || 'x'", 'withdrawn_at = now()', another('attached_by_id')],
  },
  declared_interests: {
    ...{ key: 'id::text', copy: { ...ID, person_id: newId() } },
    edits: ["reason = reason || 'x'", another('person_id'), "declared_at = declared_at - interval '1 day'"],
  },
  motions: {
    ...{ key: 'id::text', weight: 2, copy: { ...ID, number: 99 } },
    edits: [
      ...["title = title || '了'", "majority = 'all'", "state = case state when 'lost' then 'carried' else 'lost' end"],
      ...[another('moved_by_id'), "decided_at = now() - interval '1 day'", 'number = number + 100'],
      ...["ballot = case ballot when 'open' then 'secret' else 'open' end", another('agenda_item_id')],
      another('seconded_by_id'),
    ],
  },
  motion_texts: {
    key: "motion_id || '/' || version",
    edits: ["text = text || '。'", another('written_by_id'), another('amendment_id')],
    copy: { version: 9 },
  },
  vote_events: {
    key: 'id::text',
    edits: [
      ...[
        "result = case result when 'pass' then 'fail' when 'fail' then 'pass' end",
        'counts = counts || \'{"yes": 99}\'',
      ],
      ...[another('motion_id'), "box_salt = repeat('0', 32)", 'box_salt = null'],
    ],
  },
  votes: {
    ...{ key: "vote_event_id || '/' || person_id", weight: 2, copy: { person_id: newId() } },
    edits: [
      "option = case option when 'yes' then 'no' else 'yes' end",
      another('recorded_by_id'),
      another('person_id'),
    ],
  },
  vote_roll: {
    ...{ key: "vote_event_id || '/' || person_id", copy: { person_id: newId() } },
    edits: ["channel = case channel when 'online' then 'paper' else 'online' end", another('person_id')],
  },
  vote_ballots: {
    ...{ key: "vote_event_id || '/' || code_hash", weight: 2, copy: { code_hash: '0'.repeat(64) } },
    edits: ["option = case option when 'yes' then 'no' else 'yes' end", "code_hash = repeat('1', 64)"],
  },
  resolutions: {
    ...{ key: 'id::text', copy: { ...ID, number: 99, motion_id: newId(), request_id: newId() } },
    edits: [
      ...[sum('due_on'), 'number = number + 10', 'titles = titles || \'{"en": "x"}\'', another('request_id')],
      ...['texts = texts || \'{"zh-CN": "x"}\'', another('resolved_by_id')],
    ],
  },
};

export const PROJECTS: Record<string, Tampered> = {
  projects: {
    ...{ key: 'id::text', copy: { ...ID, proposal_id: newId() } },
    edits: [
      ...[sum('budget_fen'), "state = 'stopped'", another('organisation_id'), another('budget_line_id')],
      ...["agreement = jsonb_set(agreement, '{words}', '\"x\"')", "begun_at = begun_at + interval '1 day'"],
    ],
  },
  project_milestones: {
    ...{ key: 'id::text', weight: 2, copy: { ...ID, position: 99 } },
    edits: [
      ...["title = title || '了'", sum('due_on'), sum('tranche_fen'), another('spending_id'), 'decided_at = now()'],
      ...["state = case state when 'accepted' then 'planned' else 'accepted' end", 'position = position + 50'],
    ],
  },
  project_signatures: {
    key: "project_id || '/' || agreement_version || '/' || side",
    edits: [another('person_id'), sum('agreement_version')],
    copy: { agreement_version: 9 },
  },
  project_files: { key: "project_id || '/' || milestone_id || '/' || file_hash", edits: ["file_hash = 'e'"] },
  project_changes: {
    key: 'id::text',
    edits: [
      ...['after = after || \'{"due_on": "2030-01-01"}\'', another('asked_by_id'), another('milestone_id')],
      ...["reason = reason || '。'", "decided_reason = coalesce(decided_reason, '') || '。'"],
    ],
  },
  project_steps: {
    ...{ key: 'id::text', copy: ID },
    edits: [
      ...["public_note = coalesce(public_note, '') || '。'", "at = at - interval '1 day'", another('actor_id')],
      ...["step = 'close'", 'data = data || \'{"x": 1}\'', another('milestone_id'), another('project_id')],
    ],
  },
  project_risks: {
    ...{ key: 'id::text', copy: ID },
    edits: [
      ...["risk = risk || '。'", "response = 'x'", another('opened_by_id'), another('project_id')],
      "closed_reason = 'x', closed_at = now(), closed_by_id = opened_by_id",
    ],
  },
  project_beneficiaries: {
    // Whom it served is sealed under a key that no SQL has, so that a row is named by its project.
    key: 'project_id::text',
    edits: [another('person_id'), another('named_by_id'), "named_at = named_at - interval '1 day'"],
    copy: { person_id: newId() },
  },
  proposals: {
    ...{ key: 'id::text', copy: { ...ID, number: 99, pabulib_id: '99' } },
    edits: [
      ...["title = title || '。'", "summary = 'x'", "body = body || 'x'", sum('asked_fen'), sum('reviewed_fen')],
      ...[another('proposer_id'), "category = 'other'", 'number = number + 50', "pabulib_id = 'x'"],
      ...["state = case state when 'admitted' then 'refused' else 'admitted' end, reviewed_fen = 1"],
    ],
  },
  proposal_steps: {
    ...{ key: 'id::text', copy: ID },
    edits: ["public_note = coalesce(public_note, '') || '。'", "step = 'withdraw'", another('actor_id')],
  },
  proposal_sponsors: {
    ...{ key: "proposal_id || '/' || person_id", copy: { person_id: newId() } },
    edits: [another('person_id')],
  },
  project_answer_roll: {
    key: "project_id || '/' || person_id",
    edits: [another('person_id')],
    copy: { person_id: newId() },
  },
  project_answer_counts: {
    key: "project_id || '/' || question || '/' || score",
    edits: [sum('count'), 'score = score - 3', sum('question'), "seal = 'x'"],
    copy: { score: 1 },
  },
  venture_rounds: {
    key: 'id::text',
    edits: [
      ...["frozen_text = frozen_text || ' '", "rules = jsonb_set(rules, '{budget_fen}', '1')"],
      ...["frozen_sha256 = repeat('0', 64)", "closed_at = closed_at + interval '1 day'"],
      ...["box_salt = repeat('0', 32)", 'box_salt = null'],
    ],
  },
  venture_results: {
    key: 'round_id::text',
    edits: ["file_text = file_text || ' '", 'outcome = outcome || \'{"spent": "1"}\'', "file_sha256 = repeat('0', 64)"],
  },
  voter_roll: {
    ...{ key: "round_id || '/' || person_id", copy: { person_id: newId() } },
    edits: ["channel = case channel when 'online' then 'paper' else 'online' end", another('person_id')],
  },
  ballots: {
    ...{ key: "round_id || '/' || code_hash", weight: 3, copy: { code_hash: '0'.repeat(64) } },
    edits: [
      ...["proposals = '{2}'", 'proposals = proposals || 2', "code_hash = repeat('1', 64)", "seal = repeat('0', 48)"],
      // What somebody kept of it before its voter changed it.
      'seal = coalesce((select seal from replaced_ballots limit 1), seal)',
    ],
  },
  replaced_ballots: {
    ...{ key: "round_id || '/' || seal", copy: { seal: '0'.repeat(48) } },
    edits: ["seal = repeat('1', 48)", "proof = ''"],
  },
  paper_entries: {
    key: "round_id || '/' || code_hash || '/' || entered_by_id",
    edits: [
      "proposals = '{2}'",
      'is_counted = not is_counted',
      another('entered_by_id'),
      "code_hash = repeat('1', 64)",
    ],
    copy: { code_hash: '0'.repeat(64) },
  },
  published_ballots: {
    ...{ key: "round_id || '/' || code_hash", weight: 2, copy: { code_hash: '0'.repeat(64) } },
    edits: ["ballot = ballot || ',9'", "code_hash = repeat('1', 64)"],
  },
};
