import type { ReadFact, Said } from '#modules/log/index.ts';
import { sha256 } from '#platform/crypto.ts';
import { type MeetingHistory, meetingsBy } from './meeting_history.ts';
import { type MotionState, motionAfter } from './motion.ts';
import { RESULTS, type Result } from './vote.ts';

const hashOf = (...parts: string[]) => sha256(parts.join('/')).toString('hex');
type Words = { 'zh-CN': string; en: string };

/** What the log says instead of words and people: whoever knows them all sees that they still stand. */
export const sealOfMotion = (one: { id: string; moved_by_id: string; title: string }): string =>
  hashOf(one.id, one.moved_by_id, one.title);
export const sealOfSecond = (motion_id: string, seconded_by_id: string): string => hashOf(motion_id, seconded_by_id);
export const sealOfResolution = ({ id, titles, texts }: { id: string; titles: Words; texts: Words }): string =>
  hashOf(id, titles['zh-CN'], titles.en, texts['zh-CN'], texts.en);

const TABLES = [
  ...(['council_rules', 'meetings', 'motions', 'motion_texts', 'vote_events', 'votes', 'vote_roll'] as const),
  ...(['vote_ballots', 'resolutions'] as const),
];
export type CouncilHistory = Record<(typeof TABLES)[number], Said> & MeetingHistory;
type Row = Record<string, unknown>;
type Telling = (history: CouncilHistory, fact: ReadFact, data: Row) => void;

/**
 * What the rows of a council must say, made anew from its facts in their order: rules, meetings, motions with their texts,
 * votes, resolutions. Pure; linear in the facts, but for motions that are taken back with their amendments.
 */
export function councilBy(facts: readonly ReadFact[]): CouncilHistory {
  const tables = Object.fromEntries(TABLES.map((table) => [table, new Map()])) as Record<(typeof TABLES)[number], Said>;
  const history = { ...tables, ...meetingsBy(facts) };
  for (const fact of facts) TELLINGS[fact.kind]?.(history, fact, fact.data);
  return history;
}

const meeting =
  (changes: (fact: ReadFact, data: Row) => Row): Telling =>
  ({ meetings }, fact, data) => {
    const row = meetings.get(fact.subject_id);
    if (row) Object.assign(row, changes(fact, data), { version: (row.version as number) + 1 });
  };

/** Undefined where an earlier fact did not say it. */
const instant = (text: unknown) => (text === undefined ? undefined : Date.parse(text as string));

const TELLINGS: Record<string, Telling> = {
  'council.rules_written'({ council_rules }, { subject_id, at, actor_id }, { rules }) {
    const version = ((council_rules.get(subject_id)?.version as number | undefined) ?? 0) + 1;
    council_rules.set(subject_id, { rules, version, changed_at: at, changed_by_id: actor_id });
  },
  'meeting.planned'({ meetings }, { subject_id }, { organisation_id, starts_at, ends_at, seal }) {
    const never = { called_at: null, opened_at: null, closed_at: null, cancelled_at: null, minutes_adopted_at: null };
    const plan = { organisation_id, starts_at: Date.parse(starts_at as string), ends_at: instant(ends_at), seal };
    const nobody = { chair_id: null, minutes_sha256: null, cancelled_seal: null };
    meetings.set(subject_id, { ...never, ...plan, ...nobody, version: 1 });
  },
  'meeting.changed': meeting((_, { starts_at, ends_at, seal }) => ({
    ...{ starts_at: Date.parse(starts_at as string), ends_at: instant(ends_at), seal },
  })),
  'meeting.called': meeting(({ at }) => ({ called_at: at })),
  'meeting.cancelled': meeting(({ at }, { seal }) => ({ cancelled_at: at, cancelled_seal: seal })),
  'meeting.opened': meeting(({ at }, { chair_id }) => ({ opened_at: at, chair_id })),
  'meeting.closed': meeting(({ at }) => ({ closed_at: at })),
  'meeting.minutes_adopted': meeting(({ at }) => ({ minutes_adopted_at: at })),
  'meeting.minutes_published': meeting((_, { sha256 }) => ({ minutes_sha256: sha256 })),
  'motion.moved': moved,
  'motion.seconded'({ motions }, { at }, { motion_id, seal }) {
    step(motions, motion_id, 'seconded', { seconded_at: at, second: seal });
  },
  'motion.withdrawn': ({ motions }, { at }, { motion_id }) => takeBack(motions, motion_id, 'withdrawn', at),
  'meeting.ruled'({ motions }, { at }, { motion_id, rules_out }) {
    if (rules_out) takeBack(motions, motion_id, 'ruled_out', at);
  },
  'vote.opened'({ motions, vote_events }, { subject_id, at }, { vote_event_id, motion_id, ballot, box_seal }) {
    step(motions, motion_id, 'voting');
    const open = { closed_at: null, result: null, counts: null, box_seal };
    vote_events.set(vote_event_id as string, { meeting_id: subject_id, motion_id, ballot, opened_at: at, ...open });
  },
  'vote.cast': cast,
  'vote.papers_counted'(history, _, { vote_event_id, voter_ids }) {
    for (const id of voter_ids as string[]) enter(history, vote_event_id, id, 'paper');
  },
  'vote.closed': closed,
  'resolution.adopted'(
    { resolutions },
    { subject_id, at, actor_id },
    { number, motion_id, request_id, due_on, ...more },
  ) {
    const { owner_organisation_id, owner_post_id, seal } = more;
    const owed = { request_id, due_on, owner_organisation_id, owner_post_id };
    resolutions.set(subject_id, { number, motion_id, ...owed, seal, resolved_at: at, resolved_by_id: actor_id });
  },
};

function moved({ motions, motion_texts }: CouncilHistory, { subject_id, at, actor_id }: ReadFact, data: Row): void {
  const { motion_id, number, agenda_item_id, majority, ballot, state, amends_version, seal, text_sha256 } = data;
  const about = { meeting_id: subject_id, number, agenda_item_id, majority, ballot, state, seal };
  const amends = { amends_id: data.amends_id ?? null, amends_version: data.amends_id ? amends_version : null };
  const later = { second: null, seconded_at: null, decided_at: null };
  motions.set(motion_id as string, { ...about, ...amends, moved_at: at, ...later, version: 1 });
  const text = { text_sha256, amendment_id: null, written_at: at, written_by_id: actor_id };
  motion_texts.set(`${motion_id}/1`, text);
}

function step(motions: Said, id: unknown, state: MotionState | null, changes: Row = {}): void {
  const row = motions.get(id as string);
  if (row) Object.assign(row, changes, { state, version: (row.version as number) + 1 });
}

/** A motion that is taken back or ruled out takes along those of its amendments that were not put to the vote. */
function takeBack(motions: Said, id: unknown, state: 'withdrawn' | 'ruled_out', at: number): void {
  step(motions, id, state, { decided_at: at });
  for (const [each, row] of motions)
    if (row.amends_id === id && [undefined, 'moved', 'seconded'].includes(row.state as string | undefined))
      step(motions, each, state, { decided_at: at });
}

/** Of an open vote the fact says who and what; of a secret one whoever cast it is on the roll, and the box has one more. */
function cast(history: CouncilHistory, fact: ReadFact, data: Row): void {
  const { vote_event_id, person_id, option, channel } = data;
  if (option) {
    history.votes.set(`${vote_event_id}/${person_id}`, { option, cast_at: fact.at, recorded_by_id: fact.actor_id });
    return;
  }
  enter(history, vote_event_id, (fact.on_behalf_of_id ?? fact.actor_id) as string, channel);
}

function enter({ vote_roll, vote_ballots }: CouncilHistory, vote_event_id: unknown, voter: string, channel: unknown) {
  vote_roll.set(`${vote_event_id}/${voter}`, { channel });
  const count = ((vote_ballots.get(vote_event_id as string)?.count as number | undefined) ?? 0) + 1;
  vote_ballots.set(vote_event_id as string, { count });
}

function closed(history: CouncilHistory, { at, actor_id }: ReadFact, data: Row): void {
  const { motions, motion_texts, vote_events, vote_ballots } = history;
  const { vote_event_id, motion_id, result, counts, votes_sha256 } = data;
  Object.assign(vote_events.get(vote_event_id as string) ?? {}, {
    closed_at: at,
    result,
    counts,
    box_seal: null,
  });
  Object.assign(vote_ballots.get(vote_event_id as string) ?? {}, { votes_sha256 });
  const state = RESULTS.includes(result as Result) ? motionAfter('voting', result as Result) : null;
  step(motions, motion_id, state, result === 'no_quorum' ? {} : { decided_at: at });
  const amends_id = motions.get(motion_id as string)?.amends_id;
  if (result !== 'pass' || !amends_id) return;
  let version = 1;
  while (motion_texts.has(`${amends_id}/${version}`)) version++;
  const { text_sha256 } = motion_texts.get(`${motion_id}/1`) ?? {};
  const written = { written_at: at, written_by_id: actor_id };
  motion_texts.set(`${amends_id}/${version}`, { text_sha256, amendment_id: motion_id, ...written });
}
