import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { RoutingFacts, RoutingRule } from './routing.ts';

const COLUMNS = [
  'id',
  'number',
  'position',
  'category_id',
  'grid_id',
  'building_id',
  'outside_working_hours',
  'owner_kind',
  'owner_id',
  'reason',
] as const;

export async function listRules(ctx: Ctx): Promise<RoutingRule[]> {
  return ctx.tx
    .selectFrom('routing_rules')
    .select(COLUMNS)
    .where('community_id', '=', ctx.community.id)
    .where('ended_at', 'is', null)
    .orderBy('position')
    .orderBy('number')
    .execute() as Promise<RoutingRule[]>;
}

/** Rules are never changed in place: an edit ends the old row and begins a new one with the same number. */
export async function beginRule(ctx: Ctx, rule: RoutingRule): Promise<void> {
  await ctx.tx
    .insertInto('routing_rules')
    .values({ ...rule, community_id: ctx.community.id, started_at: ctx.now, changed_by_id: ctx.actor.id })
    .execute();
}

export async function endRule(ctx: Ctx, number: number): Promise<boolean> {
  const { numUpdatedRows } = await ctx.tx
    .updateTable('routing_rules')
    .set({ ended_at: ctx.now })
    .where('community_id', '=', ctx.community.id)
    .where('number', '=', number)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function highestRuleNumber(ctx: Ctx): Promise<number> {
  const row = await ctx.tx
    .selectFrom('routing_rules')
    .select((e) => e.fn.max('number').as('number'))
    .where('community_id', '=', ctx.community.id)
    .executeTakeFirst();
  return row?.number ?? 0;
}

/** What the rules ask of recent requests, with the owner each has now: the ground of a preview. */
export async function recentFacts(ctx: Ctx, since: Date, limit: number) {
  return ctx.tx
    .selectFrom('requests')
    .select(['id', 'number', 'category_id', 'grid_id', 'building_id', 'submitted_at', 'routed_by', 'owner_id'])
    .where('community_id', '=', ctx.community.id)
    .where('submitted_at', '>=', since)
    .orderBy('submitted_at', 'desc')
    .limit(limit)
    .execute() as Promise<
    (Omit<RoutingFacts, 'is_outside_working_hours'> & {
      id: string;
      number: number;
      submitted_at: Date;
      routed_by: { rule_number: number | null };
      owner_id: string | null;
    })[]
  >;
}

/** True for a person who works here or holds a post today: only they can own a request. */
export async function holdsAnyRole(ctx: Ctx, personId: string): Promise<boolean> {
  const { rows } = await sql<{ holds: boolean }>`
    select exists (select 1 from role_grants g where g.community_id = ${ctx.community.id} and g.person_id = ${personId}
        and g.ended_at is null)
      or exists (select 1 from post_terms t where t.community_id = ${ctx.community.id} and t.person_id = ${personId}
        and t.ended_at is null) as holds`.execute(ctx.tx);
  return rows[0]!.holds;
}

/** Of an organisation's handlers, the one with fewest open requests; ties by the earlier term, so that the answer is one. */
export async function leastLoadedHandler(ctx: Ctx, organisationId: string): Promise<string | null> {
  return leastLoaded(ctx, sql`g.role = 'handler' and g.scope_kind = 'organisation' and g.scope_id = ${organisationId}`);
}

/** Who answers when no rule does: the desk officer with fewest open requests, else an administrator. */
export async function leastLoadedDeskOfficer(ctx: Ctx): Promise<string | null> {
  return (await leastLoaded(ctx, sql`g.role = 'desk_officer'`)) ?? leastLoaded(ctx, sql`g.role = 'administrator'`);
}

/** Open requests beyond this weigh no more: whoever has so many is full, and counting further would cost every telling. */
const LOAD_COUNTED = 100;

async function leastLoaded(ctx: Ctx, holds: ReturnType<typeof sql>): Promise<string | null> {
  const { rows } = await sql<{ person_id: string }>`
    select g.person_id from role_grants g
    where g.community_id = ${ctx.community.id} and g.ended_at is null and ${holds}
    order by (select count(*) from (select 1 from requests r where r.community_id = g.community_id
      and r.owner_id = g.person_id and r.closed_at is null limit ${LOAD_COUNTED}) as counted), g.started_at, g.id
    limit 1`.execute(ctx.tx);
  return rows[0]?.person_id ?? null;
}
