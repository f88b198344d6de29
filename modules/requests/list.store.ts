import { type SqlBool, sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { searchQuery } from '#platform/text_search.ts';
import { isShownTo, readsAll, wordsFor } from './reader.store.ts';
import type { State } from './request.ts';
import type { RequestCard } from './request.view.ts';

export type Filters = {
  states?: readonly State[];
  kind?: 'need' | 'idea';
  category_ids?: string[];
  grid_id?: string;
  owner_id?: string;
  organisation_id?: string;
  reporter_id?: string;
  helper_id?: string;
  words?: string;
  overdue?: boolean;
  reopened?: boolean;
  submitted_from?: Date;
  submitted_to?: Date;
  answered_from?: Date;
  answered_to?: Date;
  changed_after?: Date;
  within?: { west: number; south: number; east: number; north: number };
  joined_into_id?: string;
  numbers?: number[];
  updated_to?: Date;
};

/** By which date a list runs, newest or most urgent first. */
export type Order = 'newest' | 'due' | 'answered';
export type Cursor = { at: Date; id: string };

const ORDERS = {
  newest: { column: 'requests.submitted_at', direction: 'desc' },
  due: { column: 'requests.due_at', direction: 'asc' },
  answered: { column: 'requests.answered_at', direction: 'desc' },
} as const;

function conditions(ctx: Ctx, filters: Filters, commonness: Commonness = 'rare') {
  const all = [sql<SqlBool>`requests.community_id = ${ctx.community.id}`];
  const want = (condition: ReturnType<typeof sql<SqlBool>> | undefined) => condition && all.push(condition);
  want(isShownTo(ctx, 'requests'));
  const always = all.length;
  const { states, category_ids, within } = filters;
  if (states) want(sql`requests.state in (${sql.join(states)})`);
  if (filters.kind) want(sql`requests.kind = ${filters.kind}`);
  if (category_ids?.length) want(sql`requests.category_id in (${sql.join(category_ids)})`);
  if (filters.grid_id) want(sql`requests.grid_id = ${filters.grid_id}`);
  if (filters.owner_id) want(sql`requests.owner_id = ${filters.owner_id}`);
  if (filters.organisation_id) want(sql`requests.owner_organisation_id = ${filters.organisation_id}`);
  if (filters.reporter_id) want(sql`requests.reporter_id = ${filters.reporter_id}`);
  if (filters.joined_into_id) want(sql`requests.joined_into_id = ${filters.joined_into_id}`);
  if (filters.helper_id) {
    want(sql`exists (select 1 from request_helpers h where h.community_id = requests.community_id
      and h.request_id = requests.id and h.ended_at is null and h.answered_at is null and h.person_id = ${filters.helper_id})`);
  }
  if (filters.overdue)
    want(sql`requests.closed_at is null and requests.paused_at is null and requests.due_at <= ${ctx.now}`);
  if (filters.reopened) want(sql`requests.reopened_count > 0`);
  if (filters.submitted_from) want(sql`requests.submitted_at >= ${filters.submitted_from}`);
  if (filters.submitted_to) want(sql`requests.submitted_at < ${filters.submitted_to}`);
  if (filters.answered_from) want(sql`requests.answered_at >= ${filters.answered_from}`);
  if (filters.answered_to) want(sql`requests.answered_at < ${filters.answered_to}`);
  if (filters.changed_after) want(sql`requests.changed_at > ${filters.changed_after}`);
  if (filters.updated_to) want(sql`requests.changed_at < ${filters.updated_to}`);
  if (filters.numbers) want(sql`requests.number in (${sql.join(filters.numbers)})`);
  if (within) {
    want(sql`requests.latitude between ${within.south} and ${within.north}
      and requests.longitude between ${within.west} and ${within.east}`);
  }
  const words = filters.words ? searchQuery(filters.words) : null;
  // Pairs of characters come together far oftener than the planner reckons. The function behind the operator uses no index,
  // so the list is gone along until the page is full.
  if (words && commonness === 'common_lately' && all.length === always)
    want(sql`ts_match_vq(requests.search, ${words}::tsquery)`);
  else if (words) want(sql`requests.search @@ ${words}::tsquery`);
  return sql.join(all, sql` and `);
}

type Commonness = 'rare' | 'common' | 'common_lately';
/** From so many hits on a word is common. */
const COMMON_FROM = 1_500;
/** Common lately is what one in a hundred of the newest requests holds. */
const LATELY = { of: 2_000, from: 20 };
/** Commonness chooses the way to the same rows, so it may be a little old. */
const COMMONNESS_LASTS_MS = 600_000;
const KEPT_WORDS = 1_000;
const kept = new Map<string, { at: number; commonness: Commonness }>();

async function commonnessOf(ctx: Ctx, words: string): Promise<Commonness> {
  const key = `${ctx.community.id}/${readsAll(ctx.actor)}/${words}`;
  const known = kept.get(key);
  if (known && Date.now() - known.at < COMMONNESS_LASTS_MS) return known.commonness;
  const isCommon = (await countRequests(ctx, { words }, COMMON_FROM)) === COMMON_FROM;
  const isLately = isCommon && (await countNewest(ctx, words)) >= LATELY.from;
  const commonness = isLately ? 'common_lately' : isCommon ? 'common' : 'rare';
  kept.delete(key);
  if (kept.size >= KEPT_WORDS) kept.delete(kept.keys().next().value!);
  kept.set(key, { at: Date.now(), commonness });
  return commonness;
}

/** How many of the newest requests hold the words. */
async function countNewest(ctx: Ctx, words: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (
      select search from requests where ${conditions(ctx, {})} order by submitted_at desc, id desc limit ${LATELY.of}
    ) as newest where search @@ ${searchQuery(words)}::tsquery`.execute(ctx.tx);
  return rows[0]!.count;
}

/** One page of requests with the names a list shows; one more than `limit` says that there is a next page. */
export async function selectCards(
  ctx: Ctx,
  filters: Filters,
  order: Order,
  limit: number,
  after?: Cursor,
  offset = 0,
): Promise<RequestCard[]> {
  const { column, direction } = ORDERS[order];
  const at = sql.ref(column);
  const next = direction === 'desc' ? sql`<` : sql`>`;
  // A common word is found soonest along the order of the list, a rare one through the index of words.
  const commonness = filters.words === undefined ? 'common' : await commonnessOf(ctx, filters.words);
  const by = commonness === 'rare' ? sql`(${at} + interval '0')` : at;
  const { rows } = await sql<RequestCard>`
    with page as (
      select requests.* from requests
      where ${conditions(ctx, filters, commonness)}
        ${after ? sql`and (${at}, requests.id) ${next} (${after.at}, ${after.id}::uuid)` : sql``}
        ${order === 'answered' ? sql`and requests.answered_at is not null` : sql``}
      order by ${by} ${sql.raw(direction)}, requests.id ${sql.raw(direction)}
      limit ${limit} offset ${offset}
    )
    select r.id, r.number, r.kind, r.state, r.address_text, r.latitude, r.longitude, r.is_public, r.submitted_at, r.due_at,
      r.answered_at, r.changed_at, r.reopened_count, r.version,
      ${wordsFor(ctx, 'r')} as text,
      r.closed_at is null and r.paused_at is null and r.due_at <= ${ctx.now} as is_overdue,
      json_build_object('id', c.id, 'code', c.code, 'names', c.names) as category,
      case when g.id is null then null else json_build_object('id', g.id, 'names', g.names) end as grid,
      case when r.owner_id is null then null else
        json_build_object('id', r.owner_id, 'public_name', p.public_name, 'organisation', o.names) end as owner,
      (select f.file_hash from request_photos f where f.community_id = r.community_id and f.request_id = r.id
        and f.is_public and f.hidden_at is null order by f.added_at limit 1) as photo_hash
    from page r
      join categories c on c.community_id = r.community_id and c.id = r.category_id
      left join grids g on g.community_id = r.community_id and g.id = r.grid_id
      left join people p on p.community_id = r.community_id and p.id = r.owner_id
      left join organisations o on o.community_id = r.community_id and o.id = r.owner_organisation_id
    order by ${sql.ref(column.replace('requests.', 'r.'))} ${sql.raw(direction)}, r.id ${sql.raw(direction)}`.execute(
    ctx.tx,
  );
  return rows;
}

/** How many requests the filters hold, counted exactly up to `limit`. */
export async function countRequests(ctx: Ctx, filters: Filters, limit: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (select 1 from requests where ${conditions(ctx, filters)} limit ${limit}) as counted`.execute(
    ctx.tx,
  );
  return rows[0]!.count;
}

/** Points for a map, newest first, at most `limit`. */
export async function selectPoints(ctx: Ctx, filters: Filters, limit: number) {
  const { rows } = await sql<{
    number: number;
    state: State;
    category_id: string;
    latitude: number;
    longitude: number;
  }>`
    select number, state, category_id, latitude, longitude from requests
    where ${conditions(ctx, filters)} and latitude is not null
    order by submitted_at desc, id desc limit ${limit}`.execute(ctx.tx);
  return rows;
}
