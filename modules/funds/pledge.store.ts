import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { open } from '#platform/crypto.ts';
import type { Restriction } from './account.ts';
import { donorPlace } from './donation.store.ts';
import type { DonationKind } from './donation.ts';

export type Pledge = {
  id: string;
  donor_id: string;
  kind: DonationKind;
  amount_fen: number | null;
  hours: number | null;
  description: string | null;
  wish: Restriction;
  due_on: string;
};
export type ListedPledge = Pledge & {
  donor_name: string;
  person_id: string | null;
  made_at: Date;
  is_lapsed: boolean;
  lapsed_reason: string | null;
  kept_fen: number;
  kept_hours: number;
  gift_count: number;
  is_whole: boolean;
};

export async function insertPledge(ctx: Ctx, { wish, ...pledge }: Pledge): Promise<void> {
  await ctx.tx
    .insertInto('pledges')
    .values({
      ...{ ...pledge, wish: JSON.stringify(wish), community_id: ctx.community.id },
      ...{ made_at: ctx.now, made_by_id: ctx.actor.id },
    })
    .execute();
}

export async function linkDonation(
  ctx: Ctx,
  link: { donation_id: string; pledge_id: string; is_whole: boolean },
): Promise<void> {
  await ctx.tx
    .insertInto('pledge_donations')
    .values({ ...link, community_id: ctx.community.id })
    .execute();
}

export async function setLapsed(ctx: Ctx, id: string, lapsed_reason: string | null): Promise<void> {
  await ctx.tx
    .updateTable('pledges')
    .set({ lapsed_at: ctx.now, lapsed_by_id: ctx.actor.id, lapsed_reason })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}

/** Locks a promise, so that gifts for it and its lapse follow each other. */
export async function lockPledge(ctx: Ctx, id: string): Promise<ListedPledge | undefined> {
  await sql`select 1 from pledges where community_id = ${ctx.community.id} and id = ${id} for update`.execute(ctx.tx);
  return (await pledgesBy(ctx, { id, limit: 1 }))[0];
}

type Filter = {
  id?: string;
  person_id?: string;
  /** Those that may still be kept, or those that are kept or lapsed. */
  is_settled?: boolean;
  due_until?: string;
  /** The last of the page before. */
  before?: string;
  limit: number;
};

/** Promises with what was given for them and not taken back, the nearest due first; settled ones the latest first. */
export async function pledgesBy(ctx: Ctx, by: Filter): Promise<ListedPledge[]> {
  const last = sql`(select c.due_on, c.id from pledges c where c.community_id = ${ctx.community.id} and c.id = ${by.before ?? null})`;
  const beyond = !by.before
    ? sql``
    : by.is_settled
      ? sql`and p.id < ${by.before}`
      : sql`and (p.due_on, p.id) > ${last}`;
  const order = by.is_settled ? sql`p.id desc` : sql`p.due_on, p.id`;
  const { rows } = await sql<Omit<ListedPledge, 'donor_name'> & { name_sealed: Buffer }>`
    select * from (
      select p.id, p.donor_id, p.kind, p.amount_fen, p.hours::float8 as hours, p.description, p.wish, p.due_on::text as due_on, p.made_at,
        p.lapsed_at is not null as is_lapsed, p.lapsed_reason, o.name_sealed, o.person_id, g.kept_fen, g.kept_hours, g.gift_count, g.is_whole,
        p.lapsed_at is not null or g.is_whole or coalesce(g.kept_fen >= p.amount_fen, false) or coalesce(g.kept_hours >= p.hours, false) as is_settled
      from pledges p join donors o on o.community_id = p.community_id and o.id = p.donor_id
        cross join lateral (select coalesce(sum(d.amount_fen), 0)::bigint as kept_fen, coalesce(sum(d.hours), 0)::float8 as kept_hours,
            count(*)::int as gift_count, coalesce(bool_or(l.is_whole), false) as is_whole
          from pledge_donations l join donations d on d.community_id = l.community_id and d.id = l.donation_id
          where l.community_id = p.community_id and l.pledge_id = p.id and not exists (select 1 from transfers r
            where r.community_id = d.community_id and r.reverses_id = d.transfer_id)) g
      where p.community_id = ${ctx.community.id}
        and (${by.id ?? null}::uuid is null or p.id = ${by.id ?? null})
        and (${by.person_id ?? null}::uuid is null or o.person_id = ${by.person_id ?? null})
        and (${by.due_until ?? null}::date is null or p.due_on <= ${by.due_until ?? null}::date)
        ${beyond}
    ) p
    where (${by.is_settled ?? null}::boolean is null or p.is_settled = ${by.is_settled ?? null})
    order by ${order} limit ${by.limit}`.execute(ctx.tx);
  return rows.map(({ name_sealed, ...row }) => ({
    ...row,
    donor_name: open(ctx.keys, donorPlace(row.donor_id), name_sealed),
  }));
}
