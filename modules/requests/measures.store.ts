import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { Histogram } from './measures.ts';

export const DIMENSIONS = ['grid', 'category', 'owner'] as const;
export type Dimension = (typeof DIMENSIONS)[number] | 'month' | 'all';

/** A month of the neighbourhood's clocks, or the part of it that a period holds. */
export type Month = {
  /** YYYY-MM */
  month: string;
  begins: Date;
  ends: Date;
} & Fingerprint;

/**
 * How many requests were told, their versions added up, and when they were told added up. Requests are never deleted and
 * every change makes a version one higher, so an equal fingerprint means that nothing has changed; the instants tell parts
 * of a month apart that begin elsewhere, when something heard earlier was written down later.
 */
export type Fingerprint = { requests: number; versions: number; instants: number };

const instants = sql`(sum(extract(epoch from submitted_at)::bigint % 1000003) % 1000000007)::int`;

/** The months of a period in which something was told, each with its fingerprint; from the index alone. */
export async function monthsBetween(ctx: Ctx, from: Date, to: Date): Promise<Month[]> {
  const zone = ctx.community.time_zone;
  const { rows } = await sql<Month>`
    select to_char(begins at time zone ${zone}, 'YYYY-MM') as month, begins, ends, told.requests, told.versions, told.instants
    from (
      select begins, date_add(begins, '1 month', ${zone}) as ends
      from generate_series(date_trunc('month', ${from}::timestamptz, ${zone}), ${to}::timestamptz, '1 month', ${zone}) as begins
    ) as months cross join lateral (
      select count(*) as requests, sum(version) as versions, ${instants} as instants from requests
      where community_id = ${ctx.community.id} and submitted_at >= greatest(begins, ${from}) and submitted_at < least(ends, ${to})
    ) as told
    where told.requests > 0
    order by begins`.execute(ctx.tx);
  return rows;
}

/** One group's histogram in one part: of facts (bits in the order of FACTS) or of hours until the answer. */
export type Counted = {
  part: number;
  what: 'facts' | 'hours' | 'fingerprint';
  dimension: Dimension;
  key: string | null;
} & Histogram;

// Joined, split and withdrawn requests are counted with what they became, not twice.
const isCounted = sql`state not in ('joined', 'split', 'withdrawn')`;

const facts = sql`
  (answered_at is not null)::int + (answered_at is not null and answered_at <= original_due_at)::int * 2
  + (responded_at is not null and responded_at <= response_due_at)::int * 4
  + (responded_at is not null and responded_at > response_due_at)::int * 8
  + (state in ('done', 'confirmed'))::int * 16 + (state = 'confirmed')::int * 32 + (state = 'refused')::int * 64
  + (state = 'closed_without_word')::int * 128 + (reopened_count > 0)::int * 256
  + (stars is not null)::int * 512 + (stars is not null and stars >= 4)::int * 1024`;

const grouped = sql`
  case grouping(grid_id, category_id, owner_id) when 7 then 'all' when 3 then 'grid' when 5 then 'category' else 'owner' end as dimension,
  coalesce(grid_id, category_id, owner_id) as key`;

/**
 * Histograms of requests told in each part of a period, over all and by each dimension, and the fingerprint of the part;
 * all of one instant. Parts are found through the index that covers them.
 */
export async function countParts(ctx: Ctx, parts: readonly { begins: Date; ends: Date }[]): Promise<Counted[]> {
  const { rows } = await sql<Counted>`
    with told as materialized (
      select part::int, grid_id, category_id, owner_id, version, submitted_at,
        case when ${isCounted} then ${facts} end as facts,
        case when answered_at is not null and ${isCounted} then round(extract(epoch from greatest(answered_at, submitted_at) - submitted_at) / 3600)::int end as hours
      from unnest(${parts.map((one) => one.begins)}::timestamptz[], ${parts.map((one) => one.ends)}::timestamptz[])
          with ordinality as parts (begins, ends, part)
        join requests on community_id = ${ctx.community.id} and submitted_at >= begins and submitted_at < ends
    ), by_facts as (
      select part, ${grouped}, facts as value, count(*)::int as times from told where facts is not null
      group by grouping sets ((part, facts), (part, grid_id, facts), (part, category_id, facts), (part, owner_id, facts))
    ), by_hours as (
      select part, ${grouped}, hours as value, count(*)::int as times from told where hours is not null
      group by grouping sets ((part, hours), (part, grid_id, hours), (part, category_id, hours), (part, owner_id, hours))
    )
    select part, 'facts' as what, dimension, key, array_agg(value) as values, array_agg(times) as times from by_facts group by part, dimension, key
    union all
    select part, 'hours', dimension, key, array_agg(value), array_agg(times) from by_hours group by part, dimension, key
    union all
    select part, 'fingerprint', 'all', null, array[count(*)::int, ${instants}], array[sum(version)::int] from told group by part`.execute(
    ctx.tx,
  );
  return rows;
}

export type OpenCounted = {
  dimension: Dimension;
  key: string | null;
  open: number;
  open_overdue: number;
  response_overdue: number;
};

/** What of a period is open and late now, over all and by each dimension and month; only open requests are read. */
export async function countOpen(ctx: Ctx, from: Date, to: Date): Promise<OpenCounted[]> {
  const zone = ctx.community.time_zone;
  const { rows } = await sql<OpenCounted>`
    select case grouping(grid_id, category_id, owner_id, month)
        when 15 then 'all' when 7 then 'grid' when 11 then 'category' when 13 then 'owner' else 'month' end as dimension,
      coalesce(grid_id::text, category_id::text, owner_id::text, to_char(month at time zone ${zone}, 'YYYY-MM')) as key,
      count(*) as open,
      count(*) filter (where paused_at is null and due_at <= ${ctx.now}) as open_overdue,
      count(*) filter (where responded_at is null and response_due_at <= ${ctx.now}) as response_overdue
    from (
      select grid_id, category_id, owner_id, date_trunc('month', submitted_at, ${zone}) as month, paused_at, due_at, responded_at, response_due_at
      from requests
      where community_id = ${ctx.community.id} and closed_at is null and submitted_at >= ${from} and submitted_at < ${to} and ${isCounted}
      offset 0
    ) as open
    group by grouping sets ((), (grid_id), (category_id), (owner_id), (month))`.execute(ctx.tx);
  return rows;
}

/** Names of the grids, categories and owners with these ids. */
export async function namesOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Record<string, string>>> {
  const { rows } = await sql<{ id: string; names: Record<string, string> }>`
    select id, names from grids where community_id = ${ctx.community.id} and id = any(${ids}::uuid[])
    union all
    select id, names from categories where community_id = ${ctx.community.id} and id = any(${ids}::uuid[])
    union all
    select id, jsonb_build_object('zh-CN', public_name, 'en', public_name) from people
    where community_id = ${ctx.community.id} and id = any(${ids}::uuid[]) and public_name is not null`.execute(ctx.tx);
  return new Map(rows.map((row) => [row.id, row.names]));
}
