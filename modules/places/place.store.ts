import type { Ctx } from '#platform/context.ts';
import type { Area } from './grid_index.ts';

export async function gridBoundaries(ctx: Ctx): Promise<{ id: string; boundary: Area }[]> {
  const rows = await ctx.tx
    .selectFrom('grids')
    .select(['id', 'boundary'])
    .where('community_id', '=', ctx.community.id)
    .where('ended_at', 'is', null)
    .execute();
  return rows as { id: string; boundary: Area }[];
}

export async function buildingById(ctx: Ctx, id: string) {
  return ctx.tx
    .selectFrom('buildings')
    .select(['id', 'grid_id', 'names', 'latitude', 'longitude'])
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
}

export async function householdById(ctx: Ctx, id: string) {
  return ctx.tx
    .selectFrom('households')
    .select(['id', 'building_id', 'unit', 'floor', 'door'])
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
}

/** The grid worker whose term began first among those who answer for the grid today, so that the answer is one. */
export async function gridWorkerOf(ctx: Ctx, gridId: string): Promise<string | null> {
  const row = await ctx.tx
    .selectFrom('grid_terms')
    .select('person_id')
    .where('community_id', '=', ctx.community.id)
    .where('grid_id', '=', gridId)
    .where('ended_at', 'is', null)
    .orderBy('duty', 'desc')
    .orderBy('started_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row?.person_id ?? null;
}
