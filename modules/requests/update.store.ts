import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { State } from './request.ts';
import { AMONG_STAFF } from './request.view.ts';

export type UpdateRow = {
  id: string;
  request_number: number;
  step: string;
  to_state: State;
  at: Date;
  public_note: string | null;
};

/** Steps of public requests within a span of time, oldest first; one statement, along the index of steps by time. */
export async function selectUpdates(
  ctx: Ctx,
  wanted: { from: Date; to: Date; numbers?: number[]; limit: number; offset: number },
): Promise<UpdateRow[]> {
  const { rows } = await sql<UpdateRow>`
    select s.id, r.number as request_number, s.step, s.to_state, s.at, s.public_note
    from request_steps s
      join requests r on r.community_id = s.community_id and r.id = s.request_id
    where s.community_id = ${ctx.community.id} and s.at >= ${wanted.from} and s.at <= ${wanted.to}
      and r.is_public and s.step not in (${sql.join(['submit', ...AMONG_STAFF])})
      ${wanted.numbers ? sql`and r.number in (${sql.join(wanted.numbers)})` : sql``}
    order by s.at, s.id
    limit ${wanted.limit} offset ${wanted.offset}`.execute(ctx.tx);
  return rows;
}
