import { sql } from 'kysely';
import type { Ctx } from '../context.ts';

type Push = {
  id: string;
  person_id: string;
  endpoint_fingerprint: Buffer;
  subscription_sealed: Buffer;
  service_host: string;
};

export async function insertPush(ctx: Ctx, push: Push): Promise<void> {
  await ctx.tx
    .updateTable('push_subscriptions')
    .set({ ended_at: ctx.now, ended_because: 'replaced' })
    .where('community_id', '=', ctx.community.id)
    .where('endpoint_fingerprint', '=', push.endpoint_fingerprint)
    .where('ended_at', 'is', null)
    .execute();
  await ctx.tx
    .insertInto('push_subscriptions')
    .values({ ...push, community_id: ctx.community.id, created_at: ctx.now })
    .execute();
}

export async function endPush(ctx: Ctx, person_id: string, id: string): Promise<boolean> {
  const { numUpdatedRows } = await ctx.tx
    .updateTable('push_subscriptions')
    .set({ ended_at: ctx.now, ended_because: 'by_person' })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .where('person_id', '=', person_id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

type Chat = {
  id: string;
  owner_kind: 'person' | 'organisation';
  owner_id: string;
  url_sealed: Buffer;
  url_masked: string;
};

export async function insertChat(ctx: Ctx, chat: Chat): Promise<void> {
  await ctx.tx
    .insertInto('chat_addresses')
    .values({ ...chat, community_id: ctx.community.id, created_at: ctx.now, created_by_id: ctx.actor.id })
    .execute();
}

/** Ends the address of an owner; the id of what was ended. */
export async function endChat(ctx: Ctx, owner_id: string): Promise<string | undefined> {
  const row = await ctx.tx
    .updateTable('chat_addresses')
    .set({ ended_at: ctx.now })
    .where('community_id', '=', ctx.community.id)
    .where('owner_id', '=', owner_id)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

export async function hasOrganisation(ctx: Ctx, id: string): Promise<boolean> {
  const { rows } = await sql`select 1 from organisations
    where community_id = ${ctx.community.id} and id = ${id} and ended_at is null`.execute(ctx.tx);
  return rows.length === 1;
}

/** Organisations by name, each with the masked address of its chat group. */
export async function teamChatsOf(ctx: Ctx) {
  const { rows } = await sql<{ organisation_id: string; names: Record<string, string>; url_masked: string | null }>`
    select o.id as organisation_id, o.names, a.url_masked from organisations o
      left join chat_addresses a on a.community_id = o.community_id and a.owner_id = o.id and a.ended_at is null
    where o.community_id = ${ctx.community.id} and o.ended_at is null order by a.url_masked is null, o.names->>'zh-CN', o.id limit 300`.execute(
    ctx.tx,
  );
  return rows;
}
