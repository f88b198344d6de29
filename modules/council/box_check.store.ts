import { sql } from 'kysely';
import type { LogFinding } from '#modules/log/index.ts';
import type { Ctx } from '#platform/context.ts';
import type { Ballot } from './vote.store.ts';
import { boxOf } from './vote.ts';

/**
 * What was changed past the application in the boxes of secret votes that are open, or of one of them: ballots whose seal does
 * not fit, and boxes with more or fewer ballots than voters on the roll.
 */
export async function changedInBox(ctx: Ctx, vote_event_id: string | null = null): Promise<LogFinding[]> {
  type Box = { id: string; box_salt: string; voters: number; ballots: (Ballot & { seal: string })[] };
  const { rows } = await sql<Box>`
    select e.id, e.box_salt,
      (select count(*)::int from vote_roll r where r.community_id = e.community_id and r.vote_event_id = e.id) as voters,
      (select coalesce(jsonb_agg(jsonb_build_object('code_hash', b.code_hash, 'option', b.option, 'seal', b.seal)), '[]')
        from vote_ballots b where b.community_id = e.community_id and b.vote_event_id = e.id) as ballots
    from vote_events e where e.community_id = ${ctx.community.id} and e.box_salt is not null
      and (${vote_event_id}::uuid is null or e.id = ${vote_event_id}::uuid)`.execute(ctx.tx);
  const table = 'vote_ballots';
  return rows.flatMap((one) => {
    const box = boxOf(ctx.keys, one)!;
    const changed = one.ballots.filter(({ code_hash, option, seal }) => !box.isWhole(code_hash, option, seal));
    return [
      ...changed.map(({ code_hash }) => ({ code: 'row_changed', table, id: `${one.id}/${code_hash}` })),
      ...(one.ballots.length === one.voters ? [] : [{ code: 'rows_differ_in_number', table, id: one.id }]),
    ];
  });
}
