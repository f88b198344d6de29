import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { DisclosureKind } from './disclosure.ts';

export type Campaign = {
  id: string;
  names: { 'zh-CN': string; en: string };
  purposes: { 'zh-CN': string; en: string };
  fund_id: string;
  subject: 'raising' | 'project';
  is_emergency: boolean;
  filed_number: string | null;
  starts_on: string;
  ends_on: string | null;
};
export type PublishedDisclosure = {
  id: string;
  campaign_id: string;
  kind: DisclosureKind;
  from_on: string;
  until_on: string;
  due_on: string;
  sha256: string;
  published_at: Date;
};

export async function insertCampaign(ctx: Ctx, { names, purposes, ...campaign }: Campaign): Promise<void> {
  await ctx.tx
    .insertInto('campaigns')
    .values({
      ...{
        ...campaign,
        names: JSON.stringify(names),
        purposes: JSON.stringify(purposes),
        community_id: ctx.community.id,
      },
      ...{ recorded_at: ctx.now, recorded_by_id: ctx.actor.id },
    })
    .execute();
}

/** Locks a campaign, so that it is ended and disclosed one after the other. */
export async function lockCampaign(ctx: Ctx, id: string): Promise<Campaign | undefined> {
  const { rows } = await sql<Campaign>`
    select id, names, purposes, fund_id, subject, is_emergency, filed_number, starts_on::text as starts_on, ends_on::text as ends_on
    from campaigns where community_id = ${ctx.community.id} and id = ${id} for update`.execute(ctx.tx);
  return rows[0];
}

export async function setEnd(ctx: Ctx, id: string, ends_on: string): Promise<void> {
  await ctx.tx
    .updateTable('campaigns')
    .set({ ends_on })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}

/** Campaigns, the latest first. */
export async function campaignsBy(
  ctx: Ctx,
  by: { id?: string; limit: number },
): Promise<(Campaign & { fund_names: Record<string, string> })[]> {
  const { rows } = await sql<Campaign & { fund_names: Record<string, string> }>`
    select c.id, c.names, c.purposes, c.fund_id, c.subject, c.is_emergency, c.filed_number, c.starts_on::text as starts_on,
      c.ends_on::text as ends_on, a.names as fund_names
    from campaigns c join accounts a on a.community_id = c.community_id and a.id = c.fund_id
    where c.community_id = ${ctx.community.id} and (${by.id ?? null}::uuid is null or c.id = ${by.id ?? null})
    order by c.starts_on desc, c.id desc limit ${by.limit}`.execute(ctx.tx);
  return rows;
}

export async function insertDisclosure(
  ctx: Ctx,
  disclosure: Omit<PublishedDisclosure, 'published_at'> & { text: string },
): Promise<void> {
  await ctx.tx
    .insertInto('disclosures')
    .values({ ...disclosure, community_id: ctx.community.id, published_at: ctx.now, published_by_id: ctx.actor.id })
    .execute();
}

export async function publishedOf(ctx: Ctx, campaign_ids: readonly string[]): Promise<PublishedDisclosure[]> {
  const { rows } = await sql<PublishedDisclosure>`
    select id, campaign_id, kind, from_on::text as from_on, until_on::text as until_on, due_on::text as due_on, sha256, published_at
    from disclosures where community_id = ${ctx.community.id} and campaign_id = any (${[...campaign_ids]}::uuid[])
    order by until_on desc, kind`.execute(ctx.tx);
  return rows;
}

export async function findDisclosure(
  ctx: Ctx,
  id: string,
): Promise<(PublishedDisclosure & { text: string }) | undefined> {
  const { rows } = await sql<PublishedDisclosure & { text: string }>`
    select id, campaign_id, kind, from_on::text as from_on, until_on::text as until_on, due_on::text as due_on, sha256, published_at, text
    from disclosures where community_id = ${ctx.community.id} and id = ${id}`.execute(ctx.tx);
  return rows[0];
}
