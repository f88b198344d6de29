import type { ReadFact, Said } from '#modules/log/index.ts';

const TABLES = ['meeting_attendances', 'agenda_items', 'meeting_papers', 'declared_interests'] as const;
export type MeetingHistory = Record<(typeof TABLES)[number], Said> & {
  /** By table the meetings whose facts said less of its rows when they were written. */
  untold: Record<(typeof TABLES)[number], Set<string>>;
};
type Row = Record<string, unknown>;

/**
 * What the rows around meetings must say, made anew from their facts in their order: who was in the room, the agenda, papers,
 * interests. Pure; linear in the facts and in how often somebody came and went.
 */
export function meetingsBy(facts: readonly ReadFact[]): MeetingHistory {
  const tables = Object.fromEntries(TABLES.map((table) => [table, new Map()])) as Record<(typeof TABLES)[number], Said>;
  const untold = Object.fromEntries(TABLES.map((table) => [table, new Set()])) as MeetingHistory['untold'];
  const history = { ...tables, untold };
  for (const fact of facts) TELLINGS[fact.kind]?.(history, fact, fact.data);
  return history;
}

const TELLINGS: Record<string, (history: MeetingHistory, fact: ReadFact, data: Row) => void> = {
  'meeting.opened'(history, fact, { present_ids }) {
    if (!present_ids) history.untold.meeting_attendances.add(fact.subject_id);
    for (const person_id of (present_ids ?? []) as string[]) arrive(history, fact, person_id);
  },
  'meeting.attended'(history, fact, { person_id, is_present }) {
    if (is_present) arrive(history, fact, person_id as string);
    else leave(history, fact, person_id as string);
  },
  'meeting.closed': (history, fact) => leave(history, fact),
  'meeting.agenda_changed': agendaChanged,
  'meeting.paper_attached'({ meeting_papers, untold }, fact, { paper_id, file_hash, agenda_item_id, seal }) {
    const { subject_id: meeting_id, at, actor_id } = fact;
    if (!seal) untold.meeting_papers.add(meeting_id);
    const attached = { meeting_id, file_hash, agenda_item_id, seal, attached_at: at, attached_by_id: actor_id };
    meeting_papers.set(paper_id as string, { ...attached, withdrawn_at: null });
  },
  'meeting.paper_withdrawn'({ meeting_papers }, { at }, { paper_id }) {
    Object.assign(meeting_papers.get(paper_id as string) ?? {}, { withdrawn_at: at });
  },
  'meeting.interest_declared'({ declared_interests, untold }, fact, { interest_id, ...data }) {
    const { subject_id: meeting_id, at, actor_id } = fact;
    if (!interest_id) untold.declared_interests.add(meeting_id);
    else
      declared_interests.set(interest_id as string, {
        ...{ meeting_id, declared_at: at, recorded_by_id: actor_id },
        ...{ agenda_item_id: data.agenda_item_id, motion_id: data.motion_id, seal: data.seal },
      });
  },
};

const inRoom = ({ meeting_attendances }: MeetingHistory, meeting_id: string, person_id?: string) =>
  [...meeting_attendances.values()].filter(
    (row) => row.meeting_id === meeting_id && row.left_at === null && (person_id ?? row.person_id) === row.person_id,
  );

/** Whoever left at this very instant never left. */
function arrive(history: MeetingHistory, { subject_id: meeting_id, at, actor_id }: ReadFact, person_id: string): void {
  if (inRoom(history, meeting_id, person_id).length > 0) return;
  const key = `${meeting_id}/${person_id}/${at}`;
  const row = { meeting_id, person_id, arrived_at: at, recorded_by_id: actor_id };
  history.meeting_attendances.set(key, { ...row, ...history.meeting_attendances.get(key), left_at: null });
}

function leave(history: MeetingHistory, { subject_id, at }: ReadFact, person_id?: string): void {
  for (const row of inRoom(history, subject_id, person_id)) row.left_at = at;
}

function agendaChanged({ agenda_items, untold }: MeetingHistory, fact: ReadFact, data: Row): void {
  const { subject_id: meeting_id, at } = fact;
  const id = data.agenda_item_id as string;
  if (!data.positions && !data.is_dropped) untold.agenda_items.add(meeting_id);
  if (data.seal) agenda_items.set(id, { meeting_id, seal: data.seal, dropped_at: null, dropped_seal: null });
  for (const [item, position] of Object.entries((data.positions ?? {}) as Row))
    Object.assign(agenda_items.get(item) ?? {}, { position });
  if (data.is_dropped) Object.assign(agenda_items.get(id) ?? {}, { dropped_at: at, dropped_seal: data.dropped_seal });
}
