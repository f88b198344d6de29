import { sql } from 'kysely';
import type { LogFinding } from '#modules/log/index.ts';
import type { Ctx } from '#platform/context.ts';
import { boxOf } from './vote.ts';

/**
 * Ballots of secret votes that are open, or of one of them, whose seal does not fit: changed or put in past the
 * application. One that was taken out is missing from the number that the facts tell.
 */
export async function changedInBox(ctx: Ctx, vote_event_id: string | null = null): Promise<LogFinding[]> {
  const { rows } = await sql<{ id: string; box_salt: string; code_hash: string; option: string; seal: string }>`
    select e.id, e.box_salt, b.code_hash, b.option, b.seal from vote_events e
      join vote_ballots b on b.community_id = e.community_id and b.vote_event_id = e.id
    where e.community_id = ${ctx.community.id} and e.box_salt is not null
      and (${vote_event_id}::uuid is null or e.id = ${vote_event_id}::uuid)`.execute(ctx.tx);
  return rows
    .filter((one) => !boxOf(ctx.keys, one)!.isWhole(one.code_hash, one.option, one.seal))
    .map((one) => ({ code: 'row_changed', table: 'vote_ballots', id: `${one.id}/${one.code_hash}` }));
}
