import type { Role } from '#platform/actor.ts';
import type { Ctx } from '#platform/context.ts';

/** Who holds one of these roles today. */
export async function holdersOf(ctx: Ctx, roles: readonly Role[]): Promise<string[]> {
  const rows = await ctx.tx
    .selectFrom('role_grants')
    .select('person_id')
    .distinct()
    .where('community_id', '=', ctx.community.id)
    .where('role', 'in', [...roles])
    .where('ended_at', 'is', null)
    .limit(100)
    .execute();
  return rows.map((row) => row.person_id);
}
