import { sql } from 'kysely';
import type { Ctx } from '../context.ts';

type Push = {
  id: string;
  person_id: string;
  endpoint_fingerprint: Buffer;
  subscription_sealed: Buffer;
  service_host: string;
};

/** Where the values of ways to a person are sealed to. */
export const wayPlace = {
  push: (id: string) => `push_subscriptions/subscription/${id}`,
  chat: (id: string) => `chat_addresses/url/${id}`,
};

/** The subscription of a browser; one that was there for the same browser goes. */
export async function insertPush(ctx: Ctx, push: Push): Promise<void> {
  await sql`delete from push_subscriptions
    where community_id = ${ctx.community.id} and endpoint_fingerprint = ${push.endpoint_fingerprint}`.execute(ctx.tx);
  await ctx.tx
    .insertInto('push_subscriptions')
    .values({ ...push, community_id: ctx.community.id, created_at: ctx.now })
    .execute();
}

export async function endPush(ctx: Ctx, person_id: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await ctx.tx
    .deleteFrom('push_subscriptions')
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .where('person_id', '=', person_id)
    .executeTakeFirst();
  return numDeletedRows === 1n;
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
    .deleteFrom('chat_addresses')
    .where('community_id', '=', ctx.community.id)
    .where('owner_id', '=', owner_id)
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

/**
 * Takes every way to a person away that is kept here, with what waits to go out to them; the lists of the desk keep that
 * there was a message, and no longer where it went. What a sender has in hand this moment finds no address for its next try.
 */
export async function endWaysTo(ctx: Ctx, person_id: string): Promise<void> {
  const community_id = ctx.community.id;
  await sql`delete from push_subscriptions where community_id = ${community_id} and person_id = ${person_id}`.execute(
    ctx.tx,
  );
  await endChat(ctx, person_id);
  await sql`update deliveries set address_masked = '', address_id = null,
      state = case when state in ('waiting', 'failed') and leased_until is null then 'not_needed' else state end
    where community_id = ${community_id} and recipient_id = ${person_id}`.execute(ctx.tx);
}

/** The ways to a person that are kept here, as they gave them; for their own file. */
export async function ownWays(ctx: Ctx, person_id: string) {
  const community_id = ctx.community.id;
  const { rows: browsers } = await sql<{ id: string; sealed: Buffer; service_host: string; created_at: Date }>`
    select id, subscription_sealed as sealed, service_host, created_at from push_subscriptions
    where community_id = ${community_id} and person_id = ${person_id} order by created_at, id`.execute(ctx.tx);
  const { rows: chats } = await sql<{ id: string; sealed: Buffer; created_at: Date }>`
    select id, url_sealed as sealed, created_at from chat_addresses
    where community_id = ${community_id} and owner_kind = 'person' and owner_id = ${person_id}`.execute(ctx.tx);
  return { browsers, chats };
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
      left join chat_addresses a on a.community_id = o.community_id and a.owner_id = o.id
    where o.community_id = ${ctx.community.id} and o.ended_at is null order by a.url_masked is null, o.names->>'zh-CN', o.id limit 300`.execute(
    ctx.tx,
  );
  return rows;
}
