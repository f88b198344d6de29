import { sql } from 'kysely';
import type { Community, Ctx } from './context.ts';
import type { Environment } from './environment.ts';

export type Webhook = { id: string; url: string; event_kinds: string[]; created_at: Date };
export type Delivery = {
  id: string;
  webhook_id: string;
  url: string;
  secret_sealed: Buffer;
  event_id: string;
  kind: string;
  at: Date;
  subject_kind: string;
  subject_id: string;
  data: unknown;
};

export async function insertWebhook(
  ctx: Ctx,
  webhook: { id: string; url: string; secret_sealed: Buffer; event_kinds: string[] },
): Promise<void> {
  await ctx.tx
    .insertInto('webhooks')
    .values({
      ...webhook,
      community_id: ctx.community.id,
      created_at: ctx.now,
      told_until: ctx.now,
      created_by_id: ctx.actor.id,
    })
    .execute();
}

export async function endWebhook(ctx: Ctx, id: string): Promise<boolean> {
  const { numUpdatedRows } = await ctx.tx
    .updateTable('webhooks')
    .set({ ended_at: ctx.now })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Webhooks with how many words to them went out, wait or failed. */
export async function webhooksOf(ctx: Ctx) {
  const { rows } = await sql<Webhook & { sent: number; waiting: number; failed: number }>`
    select w.id, w.url, w.event_kinds, w.created_at,
      count(d.id) filter (where d.state = 'sent') as sent, count(d.id) filter (where d.state = 'waiting') as waiting,
      count(d.id) filter (where d.state = 'failed') as failed
    from webhooks w left join webhook_deliveries d on d.community_id = w.community_id and d.webhook_id = w.id
    where w.community_id = ${ctx.community.id} and w.ended_at is null
    group by w.community_id, w.id order by w.created_at`.execute(ctx.tx);
  return rows;
}

/**
 * Plans a delivery for every webhook and every event it asked for since it was last looked after; the same event again
 * adds none. Ids of events begin with their time, so the key finds them. Looks ten minutes further back than needed, for facts whose transaction ended late.
 */
export async function planDeliveries(ctx: Ctx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with due as (
      select id, event_kinds, greatest(told_until - interval '10 minutes', created_at) as from_at from webhooks where community_id = ${ctx.community.id} and ended_at is null for update
    ), told as (
      update webhooks set told_until = ${ctx.now} where community_id = ${ctx.community.id} and id in (select id from due)
    )
    insert into webhook_deliveries (community_id, id, webhook_id, event_id, state, created_at)
    select e.community_id, gen_random_uuid(), due.id, e.id, 'waiting', ${ctx.now}
    from due join events e on e.community_id = ${ctx.community.id} and e.id >= (lpad(to_hex((extract(epoch from due.from_at) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid
      and e.at >= due.from_at
      and (e.kind = any(due.event_kinds) or '*' = any(due.event_kinds))
    on conflict (community_id, webhook_id, event_id) do nothing returning id`.execute(ctx.tx);
  return rows.map((row) => row.id);
}

export async function hasWebhooks(environment: Environment, community: Community): Promise<boolean> {
  const row = await environment.database
    .of(community.id)
    .selectFrom('webhooks')
    .select('id')
    .where('community_id', '=', community.id)
    .where('ended_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function findDelivery(
  environment: Environment,
  community: Community,
  id: string,
): Promise<Delivery | undefined> {
  const { rows } = await sql<Delivery>`
    select d.id, d.webhook_id, w.url, w.secret_sealed, e.id as event_id, e.kind, e.at, e.subject_kind, e.subject_id, e.data
    from webhook_deliveries d join webhooks w on w.community_id = d.community_id and w.id = d.webhook_id
      join events e on e.community_id = d.community_id and e.id = d.event_id
    where d.community_id = ${community.id} and d.id = ${id} and d.state <> 'sent' and w.ended_at is null`.execute(
    environment.database.of(community.id),
  );
  return rows[0];
}

export async function settleDelivery(
  environment: Environment,
  community: Community,
  id: string,
  outcome: { state: 'sent' | 'failed'; response_status: number | null; last_error: string | null },
): Promise<void> {
  await environment.database
    .of(community.id)
    .updateTable('webhook_deliveries')
    .set((e) => ({
      ...outcome,
      attempts: e('attempts', '+', 1),
      sent_at: outcome.state === 'sent' ? environment.clock() : null,
    }))
    .where('community_id', '=', community.id)
    .where('id', '=', id)
    .execute();
}
