import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { refuse } from '#platform/refusal.ts';
import type { Organisation, OrganisationKind, Phase } from './organisation.ts';

const COLUMNS = [
  'id',
  'kind',
  'names',
  'parent_id',
  'building_id',
  'phase',
  'about',
  'contact',
  'registered_number',
  'started_at',
  'ended_at',
  'version',
] as const;

/** An organisation, also one that has ended; undefined when there is none. */
export async function organisationById(ctx: Ctx, id: string): Promise<Organisation | undefined> {
  const row = await ctx.tx
    .selectFrom('organisations')
    .select(COLUMNS)
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .executeTakeFirst();
  return row as Organisation | undefined;
}

export async function lockOrganisation(ctx: Ctx, id: string): Promise<Organisation | undefined> {
  const row = await ctx.tx
    .selectFrom('organisations')
    .select(COLUMNS)
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return row as Organisation | undefined;
}

export type OrganisationFilters = {
  kind?: OrganisationKind;
  phase?: Phase;
  words?: string;
  parent_id?: string;
  /** Those that belong to this alliance, council or committee. */
  member_of?: string;
  after?: string;
  limit: number;
};

export type ListedOrganisation = Organisation & { handler_count: number; vacancies: number; member_of: string[] };

/** Organisations that have not ended, by kind and name, with how many handlers each has; `after` is the last id of the page before. */
export async function organisationsBy(ctx: Ctx, by: OrganisationFilters): Promise<ListedOrganisation[]> {
  const words = `%${(by.words ?? '').replace(/[\\%_]/g, (mark) => `\\${mark}`)}%`;
  const { rows } = await sql<ListedOrganisation>`
    select o.id, o.kind, o.names, o.parent_id, o.building_id, o.phase, o.about, o.contact, o.registered_number, o.started_at, o.ended_at, o.version,
      (select count(*) from role_grants g where g.community_id = o.community_id and g.role = 'handler'
        and g.scope_kind = 'organisation' and g.scope_id = o.id and g.ended_at is null) as handler_count,
      (select coalesce(sum(p.seats), 0)::int from posts p where p.community_id = o.community_id and p.organisation_id = o.id
        and p.ended_at is null) - (select count(*)::int from post_terms t join posts p on p.community_id = t.community_id
        and p.id = t.post_id and p.ended_at is null where t.community_id = o.community_id and p.organisation_id = o.id
        and t.ended_at is null) as vacancies,
      array(select m.organisation_id::text from memberships m where m.community_id = o.community_id
        and m.member_organisation_id = o.id and m.ended_at is null order by m.id) as member_of
    from organisations o
    where o.community_id = ${ctx.community.id} and o.ended_at is null
      and (${by.kind ?? null}::text is null or o.kind = ${by.kind ?? null})
      and (${by.phase ?? null}::text is null or o.phase = ${by.phase ?? null})
      and (${by.parent_id ?? null}::uuid is null or o.parent_id = ${by.parent_id ?? null})
      and (${by.member_of ?? null}::uuid is null or exists (select 1 from memberships m where m.community_id = o.community_id
        and m.organisation_id = ${by.member_of ?? null} and m.member_organisation_id = o.id and m.ended_at is null))
      and (${words} = '%%' or o.names->>'zh-CN' ilike ${words} or o.names->>'en' ilike ${words})
      and (${by.after ?? null}::uuid is null or (o.kind, o.names->>'zh-CN' collate as_read, o.id) > (
        select a.kind, a.names->>'zh-CN' collate as_read, a.id from organisations a
        where a.community_id = ${ctx.community.id} and a.id = ${by.after ?? null}))
    order by o.kind, o.names->>'zh-CN' collate as_read, o.id limit ${by.limit}`.execute(ctx.tx);
  return rows;
}

export type KnownOrganisation = Pick<Organisation, 'id' | 'kind' | 'names'>;

/** All that have not ended, by which a roster is compared. */
export async function knownOrganisations(ctx: Ctx): Promise<KnownOrganisation[]> {
  const rows = await ctx.tx
    .selectFrom('organisations')
    .select(['id', 'kind', 'names'])
    .where('community_id', '=', ctx.community.id)
    .where('ended_at', 'is', null)
    .execute();
  return rows as KnownOrganisation[];
}

export type OrganisationWords = Pick<
  Organisation,
  'kind' | 'names' | 'parent_id' | 'building_id' | 'phase' | 'about' | 'contact' | 'registered_number'
>;

export async function insertOrganisation(ctx: Ctx, id: string, organisation: OrganisationWords): Promise<void> {
  await ctx.tx
    .insertInto('organisations')
    .values({
      ...organisation,
      id,
      names: JSON.stringify(organisation.names),
      about: JSON.stringify(organisation.about),
      community_id: ctx.community.id,
      started_at: ctx.now,
    })
    .execute();
  await appendPhase(ctx, id, null, organisation.phase);
}

/** Changes an organisation; refused as `stale` when somebody else has changed it since `version`. */
export async function changeOrganisation(
  ctx: Ctx,
  before: Pick<Organisation, 'id' | 'phase'>,
  { names, about, ...rest }: Partial<OrganisationWords & Pick<Organisation, 'ended_at'>>,
  version?: number,
  reason?: string,
): Promise<void> {
  const { id } = before;
  let update = ctx.tx
    .updateTable('organisations')
    .set((e) => ({
      ...rest,
      ...(names && { names: JSON.stringify(names) }),
      ...(about && { about: JSON.stringify(about) }),
      version: e('version', '+', 1),
    }))
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id);
  if (version !== undefined) update = update.where('version', '=', version);
  const { numUpdatedRows } = await update.executeTakeFirst();
  if (numUpdatedRows !== 1n) refuse('stale', {}, { kind: 'organisation', id });
  if (rest.phase && rest.phase !== before.phase) await appendPhase(ctx, id, before.phase, rest.phase, reason);
}

/** The registration's history is appended: who moved it to which phase, when and why. */
async function appendPhase(ctx: Ctx, organisation_id: string, from: Phase | null, to: Phase, reason?: string) {
  await ctx.tx
    .insertInto('organisation_phases')
    .values({
      community_id: ctx.community.id,
      id: ctx.newId(),
      organisation_id,
      from_phase: from,
      to_phase: to,
      at: ctx.now,
      actor_id: ctx.actor.id,
      reason: reason ?? null,
    })
    .execute();
}

export async function phasesOf(ctx: Ctx, organisationId: string) {
  return ctx.tx
    .selectFrom('organisation_phases')
    .select(['from_phase', 'to_phase', 'at', 'reason'])
    .where('community_id', '=', ctx.community.id)
    .where('organisation_id', '=', organisationId)
    .orderBy('id')
    .limit(200)
    .execute();
}

/** True when `ancestor` is the organisation itself or above it; no organisation may stand above itself. */
export async function standsAbove(ctx: Ctx, ancestor: string, id: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    with recursive above as (
      select id, parent_id from organisations where community_id = ${ctx.community.id} and id = ${id}
      union
      select o.id, o.parent_id from organisations o join above on o.id = above.parent_id where o.community_id = ${ctx.community.id}
    )
    select exists (select 1 from above where id = ${ancestor}) as found`.execute(ctx.tx);
  return rows[0]!.found;
}

export async function hasBuilding(ctx: Ctx, buildingId: string): Promise<boolean> {
  const row = await ctx.tx
    .selectFrom('buildings')
    .select('id')
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', buildingId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

export type Handler = { id: string; public_name: string | null; name_masked: string; started_at: Date };

/** Who handles what is given to an organisation, the longest-serving first and then by id, so that the order is one. */
export async function handlersOf(ctx: Ctx, organisationId: string): Promise<Handler[]> {
  return ctx.tx
    .selectFrom('role_grants')
    .innerJoin('people', (join) =>
      join
        .onRef('people.community_id', '=', 'role_grants.community_id')
        .onRef('people.id', '=', 'role_grants.person_id'),
    )
    .select(['people.id', 'people.public_name', 'people.name_masked', 'role_grants.started_at'])
    .where('role_grants.community_id', '=', ctx.community.id)
    .where('role_grants.role', '=', 'handler')
    .where('role_grants.scope_kind', '=', 'organisation')
    .where('role_grants.scope_id', '=', organisationId)
    .where('role_grants.ended_at', 'is', null)
    .where('people.erased_at', 'is', null)
    .orderBy('role_grants.started_at')
    .orderBy('role_grants.id')
    .execute();
}
