import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';

export type Campaign = {
  id: string;
  titles: Record<string, string>;
  texts: Record<string, string>;
  valid_days: number;
  grid_ids: string[];
  created_at: Date;
  printed_at: Date | null;
  expires_at: Date | null;
  version: number;
};

export type CampaignCounts = { letters: number; delivered: number; claimed: number; replies: number };

export async function insertCampaign(
  ctx: Ctx,
  { titles, texts, ...campaign }: Pick<Campaign, 'id' | 'titles' | 'texts' | 'valid_days' | 'grid_ids'>,
): Promise<void> {
  await ctx.tx
    .insertInto('letter_campaigns')
    .values({
      ...campaign,
      titles: JSON.stringify(titles),
      texts: JSON.stringify(texts),
      community_id: ctx.community.id,
      created_at: ctx.now,
      created_by_id: ctx.actor.id,
    })
    .execute();
}

const COLUMNS = [
  'id',
  'titles',
  'texts',
  'valid_days',
  'grid_ids',
  'created_at',
  'printed_at',
  'expires_at',
  'version',
] as const;

export async function findCampaign(ctx: Ctx, id: string): Promise<Campaign | undefined> {
  return ctx.tx
    .selectFrom('letter_campaigns')
    .select(COLUMNS)
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst() as unknown as Promise<Campaign | undefined>;
}

export async function changeCampaign(
  ctx: Ctx,
  id: string,
  { titles, texts, ...rest }: Partial<Pick<Campaign, 'titles' | 'texts' | 'valid_days' | 'printed_at' | 'expires_at'>>,
): Promise<void> {
  await ctx.tx
    .updateTable('letter_campaigns')
    .set((e) => ({
      ...rest,
      ...(titles && { titles: JSON.stringify(titles) }),
      ...(texts && { texts: JSON.stringify(texts) }),
      version: e('version', '+', 1),
    }))
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}

const counts = (campaign: RawBuilder<unknown>) => sql`
  (select count(*)::int from letters l where l.community_id = ${campaign}.community_id and l.campaign_id = ${campaign}.id) as letters,
  (select count(*)::int from letters l where l.community_id = ${campaign}.community_id and l.campaign_id = ${campaign}.id
    and l.delivered_at is not null) as delivered,
  (select count(distinct a.letter_id)::int from letters l join letter_claims a on a.community_id = l.community_id and a.letter_id = l.id
    where l.community_id = ${campaign}.community_id and l.campaign_id = ${campaign}.id) as claimed,
  (select count(*)::int from letters l join letter_replies r on r.community_id = l.community_id and r.letter_id = l.id
    where l.community_id = ${campaign}.community_id and l.campaign_id = ${campaign}.id) as replies`;

/** Campaigns with their counts, newest first; one of them by its id. Counts come from the rows each time. */
export async function campaignsWithCounts(ctx: Ctx, id?: string): Promise<(Campaign & CampaignCounts)[]> {
  const { rows } = await sql<Campaign & CampaignCounts>`
    select c.id, c.titles, c.texts, c.valid_days, c.grid_ids, c.created_at, c.printed_at, c.expires_at, c.version, ${counts(sql.ref('c'))}
    from letter_campaigns c where c.community_id = ${ctx.community.id} and c.ended_at is null
      ${id ? sql`and c.id = ${id}` : sql``} order by c.id desc limit 200`.execute(ctx.tx);
  return rows;
}

export type ListedLetter = {
  id: string;
  household_id: string;
  position: number;
  building_names: Record<string, string>;
  unit: number;
  door: string;
  expires_at: Date | null;
  delivered_at: Date | null;
  is_claimed: boolean;
  replies: number;
};

export type LetterState = 'all' | 'to_deliver' | 'delivered' | 'claimed' | 'replied';

const CONDITIONS: Record<LetterState, RawBuilder<unknown>> = {
  all: sql`true`,
  to_deliver: sql`s.delivered_at is null and not s.is_claimed`,
  delivered: sql`s.delivered_at is not null`,
  claimed: sql`s.is_claimed`,
  replied: sql`s.replies > 0`,
};

/**
 * Letters of a campaign, a page in walking order. Whether somebody claimed is said, never who: nobody but the desk learns
 * who lives behind a door.
 */
export async function listLetters(
  ctx: Ctx,
  campaign_id: string,
  filter: { state: LetterState; household_ids?: string[]; offset: number; limit: number },
): Promise<{ letters: ListedLetter[]; count: number }> {
  const { rows } = await sql<ListedLetter & { count: number }>`
    select s.*, count(*) over ()::int as count from (
      select l.id, l.household_id, l.position, b.names as building_names, h.unit, h.door, l.expires_at, l.delivered_at,
        exists (select 1 from letter_claims a where a.community_id = l.community_id and a.letter_id = l.id) as is_claimed,
        (select count(*)::int from letter_replies r where r.community_id = l.community_id and r.letter_id = l.id) as replies
      from letters l join households h on h.community_id = l.community_id and h.id = l.household_id
        join buildings b on b.community_id = h.community_id and b.id = h.building_id
      where l.community_id = ${ctx.community.id} and l.campaign_id = ${campaign_id}
        ${filter.household_ids ? sql`and l.household_id = any (${filter.household_ids}::uuid[])` : sql``}) s
    where ${CONDITIONS[filter.state]} order by s.position offset ${filter.offset} limit ${filter.limit}`.execute(
    ctx.tx,
  );
  return { letters: rows.map(({ count: _count, ...letter }) => letter), count: rows[0]?.count ?? 0 };
}
