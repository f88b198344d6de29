import type { Transaction } from 'kysely';
import * as log from '#modules/log/index.ts';
import type { DB } from '#platform/db.generated.ts';
import { newId } from '#platform/ids.ts';

/** What somebody with every right in the database may do to a table. */
type Tampered = {
  /** What names a row. */
  key: string;
  edits: string[];
  /** How much oftener than others it is picked. */
  weight?: number;
  /** A row that is put in is a copy but for this. */
  copy?: Record<string, unknown>;
  only?: string;
};
const ID = { id: newId() };
const sum = (...columns: string[]) => columns.map((one) => `${one} = ${one} + 1`).join(', ');
const another = (column: string) => `${column} = '${newId()}'`;

const MONEY: Record<string, Tampered> = {
  transfers: {
    ...{ key: 'id::text', weight: 3 },
    copy: { ...ID, sequence: 1_000_000, flow: 'posted', pending_id: null, reverses_id: null },
    edits: [
      ...['amount_fen = amount_fen + 1', "reason = 'x'", "at = at + interval '1 day'", another('actor_id')],
      ...['effective_on = effective_on - 40', 'debit_balance_fen = debit_balance_fen + 5', "category = 'other'"],
      ...[`${another('cause_id')}, cause_kind = 'x'`, "kind = 'interest'"],
      'debit_account_id = credit_account_id, credit_account_id = debit_account_id',
    ],
  },
  accounts: {
    key: 'id::text',
    edits: [
      ...[sum('debits_posted_fen', 'credits_posted_fen'), "currency = 'USD'", another('project_id')],
      'restriction = \'{"projects": []}\'',
    ],
  },
  closed_months: { key: 'month::text', edits: [sum('amount_fen'), 'transfer_count = transfer_count - 1'] },
  donations: {
    key: 'id::text',
    edits: [
      ...['received_on = received_on - 1', "description = 'x'", another('donor_id')],
      'receipt_number = receipt_number + 100',
    ],
  },
  spendings: {
    key: 'id::text',
    edits: [
      ...[sum('amount_fen'), "purpose = 'x'", "category = 'care'", 'approvals_needed = 3 - approvals_needed'],
      'is_photo_public = not is_photo_public',
    ],
  },
  spending_approvals: { key: "spending_id || '/' || approver_id", edits: [another('approver_id')] },
  spending_files: { key: "spending_id || '/' || file_hash", edits: ["file_hash = 'e'"] },
  monthly_spending: { key: "account_id || '/' || category || '/' || month", edits: [sum('amount_fen'), sum('count')] },
  receipt_numbers: { key: 'year::text', edits: [sum('last_number')] },
  pledges: {
    key: 'id::text',
    edits: [
      ...[sum('amount_fen'), sum('due_on'), 'wish = \'{"projects": []}\''],
      `lapsed_at = case when lapsed_at is null then now() end, lapsed_by_id = case when lapsed_at is null then '${newId()}'::uuid end`,
    ],
  },
  pledge_donations: { key: "pledge_id || '/' || donation_id", edits: [another('donation_id')] },
  grants: { key: 'id::text', edits: [sum('amount_fen'), "party_identifier = 'x'", sum('awarded_on')] },
  grant_instalments: {
    key: "grant_id || '/' || number",
    edits: [sum('amount_fen'), "condition = 'x'", another('spending_id')],
  },
  advances: { key: 'spending_id::text', edits: [sum('due_on'), another('account_id')] },
  campaigns: { key: 'id::text', edits: [sum('ends_on'), 'starts_on = starts_on - 1', "filed_number = 'x'"] },
  disclosures: { key: 'id::text', edits: ["text = text || ' '", "sha256 = repeat('0', 64)", sum('until_on')] },
};

const LOG: Record<string, Tampered> = {
  events: {
    ...{ key: 'id::text', weight: 2, only: `where kind ~ '${log.LOGGED}'`, copy: ID },
    edits: [
      ...['data = data || \'{"amount_fen": 1}\'', "at = at - interval '1 second'", another('actor_id')],
      ...["kind = 'motion.put'", another('subject_id')],
    ],
  },
  log_leaves: { key: 'leaf_index::text', edits: ["leaf_hash = sha256('x')", another('event_id')] },
  log_nodes: { key: "level || '/' || node_index", edits: ["hash = sha256('x')"] },
  log_heads: {
    key: 'size::text',
    edits: ["root = sha256('x')", "note = note || ' '", "note = replace(note, 'yingmen', 'yingmem')"],
  },
};

const COUNCIL: Record<string, Tampered> = {
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
    edits: ["channel = case channel when 'online' then 'assisted' else 'online' end", another('person_id')],
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

const PROJECTS: Record<string, Tampered> = {
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
    key: `project_id || '/' || encode(sha256(convert_to('["' || project_id || '","' || person_id || '"]', 'UTF8')), 'hex')`,
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

const TAMPERED: Record<string, Tampered> = { ...MONEY, ...LOG, ...COUNCIL, ...PROJECTS };
const PICKED = Object.entries(TAMPERED).flatMap(([table, { weight = 1 }]) => Array<string>(weight).fill(table));

export type Change = { what: string; table: string; id: string; sql: string };

/** A random change of a random row, as somebody with every right in the database would make it; the same for the same seed. */
export async function someChange(tx: Transaction<DB>, seed: number): Promise<Change> {
  const random = randomOf(seed);
  const pick = <T>(all: readonly T[]): T => all[random(all.length)]!;
  const table = pick(PICKED);
  const { key, edits, only = '', copy } = TAMPERED[table]!;
  const found = (await query(tx, `select ${key} as id from ${table} ${only} order by 1`)) as { id: string }[];
  const { id } = pick(found);
  const where = `${key} = '${id}'`;
  const how = pick(['edit', 'edit', 'edit', 'delete', 'insert', 'reorder', 'truncate']);
  if (how === 'delete') return { what: how, table, id, sql: `delete from ${table} where ${where}` };
  if (how === 'truncate' && table !== 'log_heads') {
    const rest = `${key} >= '${id}' ${only.replace('where', 'and')}`;
    return { what: how, table, id: '', sql: `delete from ${table} where ${rest}` };
  }
  if (how === 'insert' && copy) {
    const sql = `insert into ${table} overriding system value select (jsonb_populate_record(t, '${JSON.stringify(copy)}')).* from ${table} t where ${where}`;
    // Of a row in several columns its place is named by those that are kept.
    return { what: how, table, id: 'id' in copy ? String(copy.id) : id.split('/')[0]!, sql };
  }
  if (how === 'reorder' && (table === 'transfers' || table === 'log_leaves') && found.length > 1) {
    const other = pick(found.filter((row) => row.id !== id)).id;
    const [what, column] = table === 'transfers' ? ['id::text', 'at'] : ['leaf_index::text', 'leaf_hash'];
    const pair = (side: string) => `${side}.${what} in ('${id}', '${other}')`;
    const swap = `update ${table} t set ${column} = o.${column} from ${table} o`;
    const sql = `${swap} where ${pair('t')} and ${pair('o')} and t.${what} <> o.${what} and t.${column} <> o.${column}`;
    return { what: how, table, id, sql };
  }
  const set = pick(edits);
  return { what: `set ${set}`, table, id, sql: `update ${table} set ${set} where ${where} returning ${key} as id` };
}

export async function query(tx: Transaction<DB>, sql: string): Promise<unknown[]> {
  const node = { query: { kind: 'RawNode' } as never, queryId: { queryId: 'x' } };
  return (await tx.executeQuery({ sql, parameters: [], ...node })).rows;
}

/** Numbers that are the same for the same seed. */
function randomOf(seed: number): (below: number) => number {
  let state = ((seed + 1) * 2_654_435_761) % 4_294_967_296;
  return (below) => {
    state = (state ^ (state << 13)) >>> 0;
    state = (state ^ (state >>> 17)) >>> 0;
    state = (state ^ (state << 5)) >>> 0;
    return state % below;
  };
}
