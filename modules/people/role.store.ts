import type { Role } from '#platform/actor.ts';
import type { Ctx } from '#platform/context.ts';

export type Grant = {
  id: string;
  person_id: string;
  role: Role;
  scope_kind: string;
  scope_id: string | null;
  started_at: Date;
};

/** The roles that are held today. */
const held = (ctx: Ctx) =>
  ctx.tx
    .selectFrom('role_grants')
    .select(['id', 'person_id', 'role', 'scope_kind', 'scope_id', 'started_at'])
    .where('community_id', '=', ctx.community.id)
    .where('ended_at', 'is', null);

export async function grantsOf(ctx: Ctx, personId: string): Promise<Grant[]> {
  return held(ctx).where('person_id', '=', personId).orderBy('id').execute() as Promise<Grant[]>;
}

/** Everybody who holds a role today, locked so that the last administrator cannot be ended twice at once. */
export async function lockHolders(ctx: Ctx, role: Role): Promise<Grant[]> {
  return held(ctx).where('role', '=', role).orderBy('id').forUpdate().execute() as Promise<Grant[]>;
}

export async function insertGrant(
  ctx: Ctx,
  grant: { id: string; person_id: string; role: Role; scope_kind: string; scope_id: string | null },
) {
  await ctx.tx
    .insertInto('role_grants')
    .values({ ...grant, community_id: ctx.community.id, started_at: ctx.now, granted_by_id: ctx.actor.id })
    .execute();
}

export async function endGrant(ctx: Ctx, id: string): Promise<void> {
  await ctx.tx
    .updateTable('role_grants')
    .set({ ended_at: ctx.now })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}

export async function findGrant(ctx: Ctx, id: string): Promise<Grant | undefined> {
  return held(ctx).where('id', '=', id).executeTakeFirst() as Promise<Grant | undefined>;
}

/** Staff with the names they show in public, for choosing an owner or a helper. */
export async function staffList(ctx: Ctx) {
  return ctx.tx
    .selectFrom('role_grants')
    .innerJoin('people', (join) =>
      join
        .onRef('people.community_id', '=', 'role_grants.community_id')
        .onRef('people.id', '=', 'role_grants.person_id'),
    )
    .select(['people.id', 'people.public_name', 'role_grants.role', 'role_grants.scope_kind', 'role_grants.scope_id'])
    .where('role_grants.community_id', '=', ctx.community.id)
    .where('role_grants.ended_at', 'is', null)
    .where('people.public_name', 'is not', null)
    .orderBy('people.public_name')
    .limit(2000)
    .execute();
}

export type HeldRole = Grant & { public_name: string | null; name_masked: string };

/** Every role held today, with the names of those who hold it. */
export async function rolesHeld(ctx: Ctx): Promise<HeldRole[]> {
  return ctx.tx
    .selectFrom('role_grants')
    .innerJoin('people', (join) =>
      join
        .onRef('people.community_id', '=', 'role_grants.community_id')
        .onRef('people.id', '=', 'role_grants.person_id'),
    )
    .select([
      'role_grants.id',
      'role_grants.person_id',
      'role_grants.role',
      'role_grants.scope_kind',
      'role_grants.scope_id',
      'role_grants.started_at',
      'people.public_name',
      'people.name_masked',
    ])
    .where('role_grants.community_id', '=', ctx.community.id)
    .where('role_grants.ended_at', 'is', null)
    .orderBy('role_grants.role')
    .orderBy('role_grants.started_at')
    .orderBy('role_grants.id')
    .limit(5000)
    .execute() as Promise<HeldRole[]>;
}

/** True while the grid or organisation that a role is to be held in is there. */
export async function scopeExists(ctx: Ctx, kind: 'grid' | 'organisation', id: string): Promise<boolean> {
  const row = await ctx.tx
    .selectFrom(kind === 'grid' ? 'grids' : 'organisations')
    .select('id')
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}
