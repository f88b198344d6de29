import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { type Counts, percentileOf } from './measures.ts';

export const DIMENSIONS = ['grid', 'category', 'owner', 'month'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export type Group = Counts & {
  dimension: Dimension | 'all';
  key: string | null;
  names: Record<string, string> | null;
};

type Counted = Omit<Group, 'median_hours' | 'p90_hours'>;
/** How many answers took how many hours, in order of hours. */
type Lasted = { dimension: Group['dimension']; key: string | null; hours: number[]; counts: number[] };

/**
 * Counts of the requests submitted in a period, once over all and once by each dimension. Two statements beside each
 * other, both over the index that covers them: the counts, and how long answers took (in whole hours). Joined, split and
 * withdrawn requests are counted with what they became, not twice. `offset 0` keeps the planner from taking every month
 * for a group of its own, which would sort what a small table of groups can add up.
 */
export async function countByDimension(ctx: Ctx, from: Date, to: Date): Promise<Group[]> {
  const [counted, lasted] = await Promise.all([countGroups(ctx, from, to), countHours(ctx, from, to)]);
  const histograms = new Map(lasted.map((one) => [`${one.dimension}/${one.key}`, one]));
  return counted.map((group) => {
    const { hours, counts } = histograms.get(`${group.dimension}/${group.key}`) ?? { hours: [], counts: [] };
    return { ...group, median_hours: percentileOf(hours, counts, 0.5), p90_hours: percentileOf(hours, counts, 0.9) };
  });
}

const counts = sql`
  count(*) as total,
  count(*) filter (where closed_at is null) as open,
  count(*) filter (where is_overdue) as open_overdue,
  count(answered_at) as answered,
  count(*) filter (where answered_at <= original_due_at) as answered_on_time,
  count(*) filter (where responded_at <= response_due_at) as responded_on_time,
  count(*) filter (where responded_at > response_due_at) as responded_late,
  count(*) filter (where is_response_overdue) as response_overdue,
  count(*) filter (where state in ('done', 'confirmed')) as resolved,
  count(*) filter (where state = 'confirmed') as confirmed,
  count(*) filter (where state = 'refused') as refused,
  count(*) filter (where state = 'closed_without_word') as closed_without_word,
  count(*) filter (where reopened_count > 0) as reopened,
  count(stars) as rated,
  count(*) filter (where stars >= 4) as satisfied`;

/** The month a request was told in, as the neighbourhood's clocks show it. */
const month = (ctx: Ctx) => sql`date_trunc('month', submitted_at, ${ctx.community.time_zone}) as month`;

const keyed = (ctx: Ctx) => sql`
  case grouping(grid_id, category_id, owner_id, month)
    when 15 then 'all' when 7 then 'grid' when 11 then 'category' when 13 then 'owner' else 'month' end as dimension,
  coalesce(grid_id::text, category_id::text, owner_id::text, to_char(month at time zone ${ctx.community.time_zone}, 'YYYY-MM')) as key`;

const inPeriod = (ctx: Ctx, from: Date, to: Date) => sql`
  community_id = ${ctx.community.id} and submitted_at >= ${from} and submitted_at < ${to}
    and state not in ('joined', 'split', 'withdrawn')`;

async function countGroups(ctx: Ctx, from: Date, to: Date): Promise<Counted[]> {
  const { rows } = await sql<Counted>`
    with grouped as (
      select ${keyed(ctx)}, ${counts}
      from (
        select grid_id, category_id, owner_id, state, closed_at, answered_at, original_due_at, responded_at, response_due_at,
          reopened_count, stars, ${month(ctx)},
          closed_at is null and paused_at is null and due_at <= ${ctx.now} as is_overdue,
          responded_at is null and closed_at is null and response_due_at <= ${ctx.now} as is_response_overdue
        from requests where ${inPeriod(ctx, from, to)}
        offset 0
      ) as told
      group by grouping sets ((), (grid_id), (category_id), (owner_id), (month))
    )
    select g.*, coalesce(grids.names, categories.names,
        case when people.id is null then null else jsonb_build_object('zh-CN', people.public_name, 'en', people.public_name) end) as names
    from grouped g
      left join grids on grids.community_id = ${ctx.community.id} and grids.id = case when g.dimension = 'grid' then g.key::uuid end
      left join categories on categories.community_id = ${ctx.community.id} and categories.id = case when g.dimension = 'category' then g.key::uuid end
      left join people on people.community_id = ${ctx.community.id} and people.id = case when g.dimension = 'owner' then g.key::uuid end
    order by g.dimension, g.key`.execute(ctx.tx);
  return rows;
}

async function countHours(ctx: Ctx, from: Date, to: Date): Promise<Lasted[]> {
  const { rows } = await sql<Lasted>`
    with lasted as (
      select ${keyed(ctx)}, hours, count(*)::int as count
      from (
        select grid_id, category_id, owner_id, ${month(ctx)},
          round(extract(epoch from answered_at - submitted_at) / 3600)::int as hours
        from requests where ${inPeriod(ctx, from, to)} and answered_at is not null
        offset 0
      ) as answered
      group by grouping sets ((hours), (grid_id, hours), (category_id, hours), (owner_id, hours), (month, hours))
    )
    select dimension, key, array_agg(hours order by hours) as hours, array_agg(count order by hours) as counts
    from lasted group by dimension, key`.execute(ctx.tx);
  return rows;
}
