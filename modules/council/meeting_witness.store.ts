import { sql } from 'kysely';
import { msOf as ms, type Said, sealOfWords } from '#modules/log/index.ts';
import type { Ctx } from '#platform/context.ts';
import type { Names } from './meeting.ts';

type Row = Record<string, unknown>;
type Words = { [name: string]: string | null } & { titles: Names };

/** What people wrote about meetings, as the log has it: added to the rows under the names that facts give it. */
const SEALS: Record<string, (id: string, words: Words) => Row> = {
  meetings: (id, { titles, place_text, cancelled_reason }) => ({
    seal: sealOfWords(id, titles['zh-CN'], titles.en, place_text!),
    cancelled_seal: cancelled_reason === null ? null : sealOfWords(id, cancelled_reason!),
  }),
  agenda_items: (id, { titles, dropped_reason }) => ({
    seal: sealOfWords(id, titles['zh-CN'], titles.en),
    dropped_seal: dropped_reason === null ? null : sealOfWords(id, dropped_reason!),
  }),
  meeting_papers: (id, { title, text }) => ({ seal: sealOfWords(id, title!, text!) }),
  declared_interests: (id, { person_id, reason }) => ({ seal: sealOfWords(id, person_id!, reason!) }),
};

export function sealMeetings(said: Map<string, Said>): void {
  for (const [table, seals] of Object.entries(SEALS))
    for (const [id, row] of said.get(table) ?? []) Object.assign(row, seals(id, row as Words));
}

/** Attendance, agenda, papers and interests of all meetings. */
export async function meetingRows({ tx, community }: Ctx) {
  const { rows } = await sql<{ table: string; id: string; row: Row }>`
    select 'meeting_attendances' as "table", concat_ws('/', meeting_id, person_id, ${ms('arrived_at')}) as id,
      jsonb_build_object('meeting_id', meeting_id, 'person_id', person_id, 'arrived_at', ${ms('arrived_at')},
      'left_at', ${ms('left_at')}, 'recorded_by_id', recorded_by_id) as row
    from meeting_attendances where community_id = ${community.id}
    union all
    select 'agenda_items', id::text, jsonb_build_object('meeting_id', meeting_id, 'position', position, 'titles', titles,
      'dropped_at', ${ms('dropped_at')}, 'dropped_reason', dropped_reason)
    from agenda_items where community_id = ${community.id}
    union all
    select 'meeting_papers', id::text, jsonb_build_object('meeting_id', meeting_id, 'agenda_item_id', agenda_item_id, 'file_hash', file_hash,
      'title', title, 'text', text, 'attached_at', ${ms('attached_at')}, 'attached_by_id', attached_by_id, 'withdrawn_at', ${ms('withdrawn_at')})
    from meeting_papers where community_id = ${community.id}
    union all
    select 'declared_interests', id::text, jsonb_build_object('meeting_id', meeting_id, 'agenda_item_id', agenda_item_id,
      'motion_id', motion_id, 'person_id', person_id, 'reason', reason, 'declared_at', ${ms('declared_at')}, 'recorded_by_id', recorded_by_id)
    from declared_interests where community_id = ${community.id}`.execute(tx);
  return rows;
}
