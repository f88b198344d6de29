import { sql } from 'kysely';
import type { Ctx } from '../context.ts';
import type { Channel } from './channel.ts';

export type DeliveryRow = {
  id: string;
  channel: Channel;
  address_masked: string;
  state: string;
  attempts: number;
  last_error: string | null;
  created_at: Date;
  due_at: Date;
  sent_at: Date | null;
};
type Wanted = { channel?: Channel; state?: string; since: Date; after?: string; limit: number };

export async function listDeliveries(
  ctx: Ctx,
  { channel, state, since, after, limit }: Wanted,
): Promise<DeliveryRow[]> {
  const { rows } = await sql<DeliveryRow>`
    select id, channel, address_masked, state, attempts, last_error, created_at, due_at, sent_at from deliveries
    where community_id = ${ctx.community.id} and created_at >= ${since}
      and (${channel ?? null}::text is null or channel = ${channel ?? null})
      and (${state ?? null}::text is null or state = ${state ?? null})
      and (${after ?? null}::uuid is null or (created_at, id) < (
        select created_at, id from deliveries where community_id = ${ctx.community.id} and id = ${after ?? null}))
    order by created_at desc, id desc limit ${limit}`.execute(ctx.tx);
  return rows;
}

export async function countDeliveries(ctx: Ctx, since: Date) {
  const { rows } = await sql<{ channel: Channel; state: string; count: number }>`
    select channel, state, count(*)::int as count from deliveries
    where community_id = ${ctx.community.id} and created_at >= ${since} group by channel, state`.execute(ctx.tx);
  return rows;
}

/** Puts messages back to the beginning of their tries; those under way are left alone. */
export async function retryDeliveries(ctx: Ctx, which: { id: string } | { channel: Channel }): Promise<number> {
  const isMeant = 'id' in which ? sql`id = ${which.id}` : sql`channel = ${which.channel}`;
  const { numAffectedRows } = await sql`
    update deliveries set state = 'waiting', attempts = 0, unsure_count = 0, due_at = ${ctx.now}, leased_until = null
    where community_id = ${ctx.community.id} and state in ('failed', 'given_up') and ${isMeant}
      and (leased_until is null or leased_until < ${ctx.now})`.execute(ctx.tx);
  return Number(numAffectedRows ?? 0n);
}
