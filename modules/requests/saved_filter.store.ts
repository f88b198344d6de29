import type { Ctx } from '#platform/context.ts';

export const LISTS = ['desk', 'requests'] as const;
export type List = (typeof LISTS)[number];
export type SavedFilter = { id: string; name: string; filters: string };

/** Keeps filters under a name; the same name again is the same filter with other filters. */
export async function saveFilter(
  ctx: Ctx,
  filter: SavedFilter & { person_id: string; list: List },
): Promise<{ id: string }> {
  return ctx.tx
    .insertInto('saved_filters')
    .values({ ...filter, community_id: ctx.community.id, saved_at: ctx.now })
    .onConflict((conflict) =>
      conflict
        .columns(['community_id', 'person_id', 'list', 'name'])
        .doUpdateSet({ filters: filter.filters, saved_at: ctx.now }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
}

export async function savedFilters(ctx: Ctx, personId: string, list: List): Promise<SavedFilter[]> {
  return ctx.tx
    .selectFrom('saved_filters')
    .select(['id', 'name', 'filters'])
    .where('community_id', '=', ctx.community.id)
    .where('person_id', '=', personId)
    .where('list', '=', list)
    .orderBy('name')
    .execute();
}

export async function forgetFilter(ctx: Ctx, personId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await ctx.tx
    .deleteFrom('saved_filters')
    .where('community_id', '=', ctx.community.id)
    .where('person_id', '=', personId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}
