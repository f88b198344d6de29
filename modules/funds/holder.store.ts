import type { Role } from '#platform/actor.ts';
import type { Ctx } from '#platform/context.ts';

/** Who holds one of these roles today, and which. */
export async function grantsOf(ctx: Ctx, roles: readonly Role[]): Promise<{ person_id: string; role: string }[]> {
  return ctx.tx
    .selectFrom('role_grants')
    .select(['person_id', 'role'])
    .distinct()
    .where('community_id', '=', ctx.community.id)
    .where('role', 'in', [...roles])
    .where('ended_at', 'is', null)
    .limit(100)
    .execute();
}

/** Who holds one of these roles today, once each. */
export async function holdersOf(ctx: Ctx, roles: readonly Role[]): Promise<string[]> {
  return [...new Set((await grantsOf(ctx, roles)).map((grant) => grant.person_id))];
}
