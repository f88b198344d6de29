import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';

export type Because = 'reporter' | 'joined' | 'follows';

/** Puts a person among those who get word; whoever left before is back, and a stronger tie is kept. */
export async function addFollower(ctx: Ctx, request_id: string, person_id: string, because: Because): Promise<void> {
  await ctx.tx
    .insertInto('request_followers')
    .values({ community_id: ctx.community.id, request_id, person_id, because, since: ctx.now })
    .onConflict((conflict) =>
      conflict.columns(['community_id', 'request_id', 'person_id']).doUpdateSet({ ended_at: null }),
    )
    .execute();
}

export async function endFollower(ctx: Ctx, requestId: string, personId: string): Promise<void> {
  await ctx.tx
    .updateTable('request_followers')
    .set({ ended_at: ctx.now })
    .where('community_id', '=', ctx.community.id)
    .where('request_id', '=', requestId)
    .where('person_id', '=', personId)
    .where('because', '=', 'follows')
    .execute();
}

/** Everybody who waited for word on `from` waits for word on `to` as well. */
export async function copyFollowers(ctx: Ctx, from: string, to: string): Promise<void> {
  await sql`
    insert into request_followers (community_id, request_id, person_id, because, since)
    select community_id, ${to}::uuid, person_id, 'joined', ${ctx.now}
    from request_followers
    where community_id = ${ctx.community.id} and request_id = ${from} and ended_at is null
    on conflict (community_id, request_id, person_id) do update set ended_at = null`.execute(ctx.tx);
}

export async function followersOf(ctx: Ctx, requestId: string) {
  return ctx.tx
    .selectFrom('request_followers')
    .select(['person_id', 'because'])
    .where('community_id', '=', ctx.community.id)
    .where('request_id', '=', requestId)
    .where('ended_at', 'is', null)
    .orderBy('since')
    .execute();
}
