import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';

export type Coverage = {
  dimension: 'all' | 'occasion' | 'grid';
  key: string | null;
  names: Record<string, string> | null;
  knocks: number;
  /** Different doors that were knocked at. */
  doors: number;
  answered: number;
  nobody_home: number;
  declined: number;
  by_phone: number;
  letters: number;
  needs: number;
  on_the_spot: number;
  promised: number;
  promises_due: number;
  promises_kept: number;
};

/** A period by the neighbourhood's dates, first and last included. */
export type Period = { from_on: string; to_on: string };

const standing = (ctx: Ctx, { from_on, to_on }: Period) => sql`
  v.community_id = ${ctx.community.id} and v.knocked_on between ${from_on}::date and ${to_on}::date
    and not exists (select 1 from visit_conflicts x where x.community_id = v.community_id and x.set_aside_visit_id = v.id)`;

/**
 * What the visits that stand add up to, over all, by occasion and by grid, in one pass over each of visits and what was
 * raised at them. A promise counts when its day has passed or it was kept: kept is answered by the end of that day.
 */
export async function coverageOf(ctx: Ctx, period: Period): Promise<Coverage[]> {
  const { rows } = await sql<Coverage>`
    with knocked as (
      select v.id, v.occasion, v.grid_id, v.household_id, v.outcome, v.letter_delivered from visits v where ${standing(ctx, period)}
    ), counted as (
      select grouping(occasion, grid_id) as level, occasion, grid_id, count(*)::int as knocks, count(distinct household_id)::int as doors,
        count(*) filter (where outcome = 'answered')::int as answered, count(*) filter (where outcome = 'nobody_home')::int as nobody_home,
        count(*) filter (where outcome = 'declined')::int as declined, count(*) filter (where outcome = 'by_phone')::int as by_phone,
        count(*) filter (where letter_delivered)::int as letters
      from knocked group by grouping sets ((), (occasion), (grid_id))
    ), raised as (
      select grouping(k.occasion, k.grid_id) as level, k.occasion, k.grid_id, count(*)::int as needs,
        count(*) filter (where n.settled = 'on_the_spot')::int as on_the_spot,
        count(*) filter (where n.settled = 'promised')::int as promised,
        count(*) filter (where n.settled = 'promised' and (n.promised_on < ${ctx.now}::date or kept))::int as promises_due,
        count(*) filter (where n.settled = 'promised' and kept)::int as promises_kept
      from visit_needs n
        join knocked k on k.id = n.visit_id
        join requests r on r.community_id = n.community_id and r.id = n.request_id
        cross join lateral (select coalesce((r.answered_at at time zone ${ctx.community.time_zone})::date <= n.promised_on, false) as kept) p
      where n.community_id = ${ctx.community.id}
      group by grouping sets ((), (k.occasion), (k.grid_id))
    )
    select case c.level when 3 then 'all' when 1 then 'occasion' else 'grid' end as dimension,
      coalesce(c.occasion, c.grid_id::text) as key, g.names, c.knocks, c.doors, c.answered, c.nobody_home, c.declined, c.by_phone, c.letters,
      coalesce(r.needs, 0) as needs, coalesce(r.on_the_spot, 0) as on_the_spot, coalesce(r.promised, 0) as promised,
      coalesce(r.promises_due, 0) as promises_due, coalesce(r.promises_kept, 0) as promises_kept
    from counted c
      left join raised r on r.level = c.level and r.occasion is not distinct from c.occasion and r.grid_id is not distinct from c.grid_id
      left join grids g on g.community_id = ${ctx.community.id} and g.id = c.grid_id
    where c.level = 3 or c.occasion is not null or c.grid_id is not null
    order by c.level desc, c.knocks desc`.execute(ctx.tx);
  return rows;
}

export type VisitFilter = Period & {
  grid_id?: string;
  occasion?: string;
  outcome?: string;
  settled?: string;
  kept?: boolean;
  alone?: boolean;
  skewed?: boolean;
  streak?: boolean;
  /** Met or spoken to. */
  reached?: boolean;
  /** Something was raised. */
  raised?: boolean;
};

/** Ids of the visits behind a figure, newest first, one more than asked for when there are more. */
export async function visitIds(ctx: Ctx, filter: VisitFilter, after: number, limit: number): Promise<string[]> {
  const wanted = [standing(ctx, filter)];
  if (filter.grid_id) wanted.push(sql`v.grid_id = ${filter.grid_id}`);
  if (filter.occasion) wanted.push(sql`v.occasion = ${filter.occasion}`);
  if (filter.outcome) wanted.push(sql`v.outcome = ${filter.outcome}`);
  if (filter.reached) wanted.push(sql`v.outcome in ('answered', 'by_phone')`);
  if (filter.raised)
    wanted.push(sql`exists (select 1 from visit_needs n where n.community_id = v.community_id and n.visit_id = v.id)`);
  if (filter.skewed) wanted.push(sql`v.clock_is_skewed`);
  if (filter.alone) wanted.push(sql`v.needed_two and v.companion_id is null and v.outcome = 'answered'`);
  if (filter.settled || filter.kept !== undefined)
    wanted.push(sql`exists (select 1 from visit_needs n
    join requests r on r.community_id = n.community_id and r.id = n.request_id
    where n.community_id = v.community_id and n.visit_id = v.id and (${filter.settled ?? 'any'} in ('any', n.settled))
      and (${filter.kept ?? null}::boolean is null
        or coalesce((r.answered_at at time zone ${ctx.community.time_zone})::date <= n.promised_on, false) = ${filter.kept ?? null}::boolean))`);
  // Nobody home three times in a row: the last three knocks at the door.
  if (filter.streak)
    wanted.push(sql`v.outcome = 'nobody_home' and 3 = (select count(*) filter (where l.outcome = 'nobody_home')
    from (select outcome from visits where community_id = v.community_id and household_id = v.household_id and knocked_at <= v.knocked_at
      order by knocked_at desc limit 3) l) and not exists (select 1 from visits o where o.community_id = v.community_id
      and o.household_id = v.household_id and o.knocked_at > v.knocked_at)`);
  const { rows } = await sql<{ id: string }>`
    select v.id from visits v where ${sql.join(wanted, sql` and `)}
    order by v.knocked_on desc, v.id desc limit ${limit + 1} offset ${after}`.execute(ctx.tx);
  return rows.map((row) => row.id);
}
