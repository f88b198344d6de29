import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { Counts } from './measures.ts';

export const DIMENSIONS = ['grid', 'category', 'owner', 'month'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export type Group = Counts & {
  dimension: Dimension | 'all';
  key: string | null;
  names: Record<string, string> | null;
};

/**
 * Counts of the requests submitted in a period, once over all and once by each dimension, in one pass over the index
 * that covers them. Joined, split and withdrawn requests are counted with what they became, not twice.
 */
export async function countByDimension(ctx: Ctx, from: Date, to: Date): Promise<Group[]> {
  const { rows } = await sql<Group>`
    with counted as (
      select grid_id, category_id, owner_id,
        to_char(submitted_at at time zone ${ctx.community.time_zone}, 'YYYY-MM') as month,
        closed_at is null as is_open,
        closed_at is null and paused_at is null and due_at <= ${ctx.now} as is_overdue,
        answered_at is not null as is_answered,
        answered_at <= original_due_at as is_on_time,
        responded_at <= response_due_at as is_responded_in_time,
        responded_at, response_due_at, state, reopened_count, stars,
        extract(epoch from answered_at - submitted_at) / 3600 as hours
      from requests
      where community_id = ${ctx.community.id} and submitted_at >= ${from} and submitted_at < ${to}
        and state not in ('joined', 'split', 'withdrawn')
    ), grouped as (
      select case grouping(grid_id, category_id, owner_id, month)
          when 15 then 'all' when 7 then 'grid' when 11 then 'category' when 13 then 'owner' else 'month' end as dimension,
        coalesce(grid_id::text, category_id::text, owner_id::text, month) as key,
        count(*) as total,
        count(*) filter (where is_open) as open,
        count(*) filter (where is_overdue) as open_overdue,
        count(*) filter (where is_answered) as answered,
        count(*) filter (where is_on_time) as answered_on_time,
        count(*) filter (where is_responded_in_time) as responded_on_time,
        count(*) filter (where not is_responded_in_time) as responded_late,
        count(*) filter (where responded_at is null and is_open and response_due_at <= ${ctx.now}) as response_overdue,
        count(*) filter (where state in ('done', 'confirmed')) as resolved,
        count(*) filter (where state = 'confirmed') as confirmed,
        count(*) filter (where state = 'refused') as refused,
        count(*) filter (where state = 'closed_without_word') as closed_without_word,
        count(*) filter (where reopened_count > 0) as reopened,
        count(stars) as rated,
        count(*) filter (where stars >= 4) as satisfied,
        percentile_cont(0.5) within group (order by hours) as median_hours,
        percentile_cont(0.9) within group (order by hours) as p90_hours
      from counted
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
