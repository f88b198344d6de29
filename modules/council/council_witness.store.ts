import { sql } from 'kysely';
import {
  differences,
  factsOf,
  foundAtClosing,
  hashIn,
  hashOfJson,
  type LogFinding,
  msOf as ms,
  onlyTold,
  saidBy,
} from '#modules/log/index.ts';
import type { Ctx } from '#platform/context.ts';
import { changedInBox } from './box_check.store.ts';
import { councilBy } from './council_history.ts';
import { meetingRows, sealMeetings } from './meeting_witness.store.ts';

/**
 * Compares what a council keeps with the facts that were logged when it was written: rules, meetings, motions and their
 * texts, open votes, the roll and box of secret ones (ballots by their seals while it is open), resolutions. Reads everything of the council.
 */
export async function councilWitness(ctx: Ctx): Promise<LogFinding[]> {
  const about = ['organisation', 'meeting', 'motion', 'resolution'];
  const facts = await factsOf(ctx, about, ['council', 'meeting', 'motion', 'vote', 'resolution']);
  const { untold, ...history } = councilBy(facts);
  const said = saidBy([...(await councilRows(ctx)), ...(await meetingRows(ctx))]);
  sealMeetings(said);
  for (const row of said.get('meetings')?.values() ?? []) if (!isMinutesOf(row)) row.minutes_sha256 = 'another text';
  for (const [table, meetings] of Object.entries(untold)) {
    const told = history[table as keyof typeof untold];
    said.set(table, onlyTold(said.get(table) ?? new Map(), told, meetings, 'meeting_id'));
  }
  const changed = Object.entries(history).flatMap(([table, told]) =>
    differences(table, told, said.get(table) ?? new Map()),
  );
  return [...changed, ...(await changedInBox(ctx)), ...foundAtClosing(facts)];
}

const isMinutesOf = ({ minutes_text, minutes_sha256 }: Record<string, unknown>) =>
  minutes_sha256 === (minutes_text === null ? null : hashOfJson(minutes_text));

const seal = (...parts: string[]) => hashIn(`concat_ws('/', ${parts.join(', ')})`);

async function councilRows({ tx, community }: Ctx) {
  const { rows } = await sql<{ table: string; id: string; row: Record<string, unknown> }>`
    select 'council_rules' as "table", organisation_id::text as id, jsonb_build_object('rules', rules, 'version', version,
      'changed_at', ${ms('changed_at')}, 'changed_by_id', changed_by_id) as row
    from council_rules where community_id = ${community.id}
    union all
    select 'meetings', id::text, jsonb_build_object('organisation_id', organisation_id, 'starts_at', ${ms('starts_at')}, 'ends_at', ${ms('ends_at')}, 'chair_id', chair_id,
      'titles', titles, 'place_text', place_text, 'cancelled_reason', cancelled_reason,
      'called_at', ${ms('called_at')}, 'opened_at', ${ms('opened_at')}, 'closed_at', ${ms('closed_at')}, 'cancelled_at', ${ms('cancelled_at')},
      'minutes_adopted_at', ${ms('minutes_adopted_at')}, 'minutes_sha256', minutes_sha256, 'minutes_text', minutes_text, 'version', version)
    from meetings where community_id = ${community.id}
    union all
    select 'motions', id::text, jsonb_build_object('meeting_id', meeting_id, 'number', number, 'agenda_item_id', agenda_item_id,
      'majority', majority, 'ballot', ballot, 'state', state, 'seal', ${seal('id', 'moved_by_id', 'title')}, 'amends_id', amends_id,
      'amends_version', amends_version, 'moved_at', ${ms('moved_at')}, 'seconded_at', ${ms('seconded_at')}, 'decided_at', ${ms('decided_at')},
      'second', case when seconded_by_id is not null then ${seal('id', 'seconded_by_id')} end, 'version', version)
    from motions where community_id = ${community.id}
    union all
    select 'motion_texts', motion_id || '/' || version, jsonb_build_object('text_sha256', ${seal('text')}, 'amendment_id', amendment_id,
      'written_at', ${ms('written_at')}, 'written_by_id', written_by_id)
    from motion_texts where community_id = ${community.id}
    union all
    select 'vote_events', id::text, jsonb_build_object('meeting_id', meeting_id, 'motion_id', motion_id, 'ballot', ballot, 'result', result,
      'counts', counts, 'box_seal', ${hashIn('box_salt')}, 'opened_at', ${ms('opened_at')}, 'closed_at', ${ms('closed_at')})
    from vote_events where community_id = ${community.id}
    union all
    select 'votes', vote_event_id || '/' || person_id, jsonb_build_object('option', option, 'cast_at', ${ms('cast_at')}, 'recorded_by_id', recorded_by_id)
    from votes where community_id = ${community.id}
    union all
    select 'vote_roll', vote_event_id || '/' || person_id, jsonb_build_object('channel', channel) from vote_roll where community_id = ${community.id}
    union all
    select 'vote_ballots', vote_event_id::text, jsonb_build_object('count', count(*), 'votes_sha256',
      ${hashIn(`string_agg(code_hash || ' ' || option, chr(10) order by code_hash collate "C")`)})
    from vote_ballots where community_id = ${community.id} group by vote_event_id
    union all
    select 'resolutions', id::text, jsonb_build_object('number', number, 'motion_id', motion_id, 'request_id', request_id,
      'due_on', due_on::text, 'owner_organisation_id', owner_organisation_id, 'owner_post_id', owner_post_id,
      'seal', ${seal('id', "titles->>'zh-CN'", "titles->>'en'", "texts->>'zh-CN'", "texts->>'en'")},
      'resolved_at', ${ms('resolved_at')}, 'resolved_by_id', resolved_by_id)
    from resolutions where community_id = ${community.id}`.execute(tx);
  return rows;
}
