import type { Ctx } from '#platform/context.ts';

export type Organisation = { id: string; kind: string; names: Record<string, string>; phase: string };

export async function activeOrganisations(
  ctx: Ctx,
  kinds: string[] | undefined,
  limit: number,
): Promise<Organisation[]> {
  let select = ctx.tx
    .selectFrom('organisations')
    .select(['id', 'kind', 'names', 'phase'])
    .where('community_id', '=', ctx.community.id)
    .where('ended_at', 'is', null);
  if (kinds?.length) select = select.where('kind', 'in', kinds);
  const rows = await select.orderBy('kind').orderBy('id').limit(limit).execute();
  return rows as Organisation[];
}

export async function insertOrganisation(
  ctx: Ctx,
  organisation: { id: string; kind: string; names: Record<string, string> },
): Promise<void> {
  await ctx.tx
    .insertInto('organisations')
    .values({
      ...organisation,
      names: JSON.stringify(organisation.names),
      community_id: ctx.community.id,
      started_at: ctx.now,
    })
    .execute();
}

export async function endOrganisation(ctx: Ctx, id: string): Promise<boolean> {
  const { numUpdatedRows } = await ctx.tx
    .updateTable('organisations')
    .set({ ended_at: ctx.now, phase: 'closed' })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
