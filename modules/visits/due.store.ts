import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { needsTwo } from './door.store.ts';
import type { Cause, PastKnock } from './due.ts';
import type { Hours } from './quiet.ts';

/** Whose doors: grids (all when null), and the worker to whom single doors may have been given; or one door alone. */
export type Scope = { grid_ids: string[] | null; worker_id?: string } | { household_id: string };

/** A door that may be due, with all that the rules need to say whether it is. */
export type Candidate = Cause & {
  building_id: string;
  building_names: Record<string, string>;
  latitude: number;
  longitude: number;
  grid_id: string | null;
  unit: number;
  floor: number;
  door: string;
  no_knock: boolean;
  wish: Hours | null;
  needs_two: boolean;
  knocks: PastKnock[];
};

/** How many past knocks the rules look back on; more in a row without an answer count as so many. */
const KNOCKS = 8;

/** At one door, or anywhere. */
const at = (door: string | null, column: string) => (door ? sql`${sql.ref(column)} = ${door}` : sql`true`);

/** Households whose every member moved in lately. */
export async function movedIn(ctx: Ctx, since: Date, occasion: string, door: string | null): Promise<Cause[]> {
  const { rows } = await sql<Cause>`
    select m.household_id, ${occasion}::text as occasion, 'moved_in'::text as reason,
      to_char(min(m.started_at) at time zone ${ctx.community.time_zone}, 'YYYY-MM-DD') as since_on
    from household_members m
    where m.community_id = ${ctx.community.id} and m.started_at > ${since} and m.ended_at is null and ${at(door, 'm.household_id')}
      and not exists (select 1 from household_members o where o.community_id = m.community_id
        and o.household_id = m.household_id and o.ended_at is null and o.started_at <= ${since})
    group by m.household_id`.execute(ctx.tx);
  return rows;
}

/** Doors from which a request of certain categories was told lately, and is not withdrawn. */
export async function toldFrom(
  ctx: Ctx,
  since: Date,
  byCategory: Map<string, string>,
  door: string | null,
): Promise<Cause[]> {
  if (byCategory.size === 0) return [];
  const { rows } = await sql<Cause & { category: string }>`
    select r.household_id, k.code as category, 'told'::text as reason,
      to_char(min(r.submitted_at) at time zone ${ctx.community.time_zone}, 'YYYY-MM-DD') as since_on
    from requests r join categories k on k.community_id = r.community_id and k.id = r.category_id
    where r.community_id = ${ctx.community.id} and r.submitted_at > ${since} and r.household_id is not null and ${at(door, 'r.household_id')}
      and r.intake <> 'visit' and k.code = any (${[...byCategory.keys()]}::text[]) and r.state not in ('withdrawn', 'joined', 'split')
    group by r.household_id, k.code`.execute(ctx.tx);
  return rows.map(({ category, ...row }) => ({ ...row, occasion: byCategory.get(category)! }));
}

/** Doors where it was agreed to come again, and nobody has been since. */
export async function comeAgain(ctx: Ctx, since_on: string, door: string | null): Promise<Cause[]> {
  const { rows } = await sql<Cause>`
    select v.household_id, v.occasion, 'come_again'::text as reason, to_char(v.knocked_on, 'YYYY-MM-DD') as since_on
    from visits v where v.community_id = ${ctx.community.id} and v.come_again_on >= ${since_on}::date and ${at(door, 'v.household_id')}
      and not exists (select 1 from visits l where l.community_id = v.community_id and l.household_id = v.household_id
        and l.occasion = v.occasion and l.knocked_at > v.knocked_at)`.execute(ctx.tx);
  return rows;
}

/**
 * Puts to each cause the door it is about, its last knocks for that occasion, what the household asked for and whether two
 * should go. One statement, over the index that covers it. Visits that a person set aside do not count.
 */
export async function candidatesOf(ctx: Ctx, causes: readonly Cause[], scope: Scope): Promise<Candidate[]> {
  if (causes.length === 0) return [];
  const column = (name: keyof Cause) => causes.map((cause) => cause[name]);
  const { rows } = await sql<Candidate>`
    select c.*, h.building_id, b.names as building_names, b.latitude, b.longitude, b.grid_id, h.unit, h.floor, h.door,
      coalesce(w.wish = 'no_knock', false) as no_knock,
      case when w.wish = 'only_between' then jsonb_build_object('from_minute', w.from_minute, 'until_minute', w.until_minute) end as wish,
      ${needsTwo(ctx)} as needs_two,
      coalesce(k.knocks, '[]') as knocks
    from unnest(${column('household_id')}::uuid[], ${column('occasion')}::text[], ${column('reason')}::text[],
        ${column('since_on')}::text[]) as c (household_id, occasion, reason, since_on)
      join households h on h.community_id = ${ctx.community.id} and h.id = c.household_id and h.ended_at is null
      join buildings b on b.community_id = h.community_id and b.id = h.building_id
      left join door_terms t on t.community_id = h.community_id and t.household_id = h.id and t.ended_at is null
      left join knock_wishes w on w.community_id = h.community_id and w.household_id = h.id and w.ended_at is null
      left join lateral (
        select jsonb_agg(jsonb_build_object('outcome', v.outcome, 'knocked_on', to_char(v.knocked_on, 'YYYY-MM-DD'),
          'come_again_on', to_char(v.come_again_on, 'YYYY-MM-DD')) order by v.knocked_at desc) as knocks
        from (select outcome, knocked_at, knocked_on, come_again_on from visits
          where community_id = h.community_id and household_id = h.id and occasion = c.occasion
            and not exists (select 1 from visit_conflicts x where x.community_id = visits.community_id and x.set_aside_visit_id = visits.id)
          order by knocked_at desc limit ${KNOCKS}) as v
      ) k on true
    where ${within(scope)}`.execute(ctx.tx);
  return rows;
}

function within(scope: Scope) {
  if ('household_id' in scope) return sql`h.id = ${scope.household_id}`;
  if (scope.grid_ids === null) return sql`true`;
  return sql`t.worker_id = ${scope.worker_id ?? null}::uuid
    or (t.worker_id is null and b.grid_id = any (${scope.grid_ids}::uuid[]))`;
}
