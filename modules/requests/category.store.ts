import type { Ctx } from '#platform/context.ts';
import { refuse } from '#platform/refusal.ts';
import type { Category } from './category.ts';

const COLUMNS = [
  'id',
  'code',
  'names',
  'descriptions',
  'form',
  'response_hours',
  'target_days',
  'is_private',
  'needs_place',
  'position',
  'version',
] as const;

export async function listCategories(ctx: Ctx): Promise<Category[]> {
  const rows = await ctx.tx
    .selectFrom('categories')
    .select(COLUMNS)
    .where('community_id', '=', ctx.community.id)
    .where('ended_at', 'is', null)
    .orderBy('position')
    .orderBy('code')
    .execute();
  return rows as unknown as Category[];
}

/** A category that takes requests today, by id or code; refused with `category_unknown` when there is none. */
export async function findCategory(ctx: Ctx, key: { id: string } | { code: string }): Promise<Category> {
  let select = ctx.tx.selectFrom('categories').select(COLUMNS).where('community_id', '=', ctx.community.id);
  select =
    'id' in key ? select.where('id', '=', key.id) : select.where('code', '=', key.code).where('ended_at', 'is', null);
  const row = await select.executeTakeFirst();
  return (row as unknown as Category | undefined) ?? refuse('category_unknown', {}, { field: 'category' });
}

export async function saveCategory(
  ctx: Ctx,
  id: string,
  values: Omit<Category, 'id' | 'version'>,
  version?: number,
): Promise<void> {
  const row = {
    ...values,
    names: JSON.stringify(values.names),
    descriptions: JSON.stringify(values.descriptions),
    form: JSON.stringify(values.form),
  };
  if (version === undefined) {
    await ctx.tx
      .insertInto('categories')
      .values({ ...row, id, community_id: ctx.community.id })
      .execute();
    return;
  }
  const { numUpdatedRows } = await ctx.tx
    .updateTable('categories')
    .set({ ...row, version: version + 1 })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) refuse('stale', {}, { kind: 'category', id });
}

export async function endCategory(ctx: Ctx, id: string): Promise<void> {
  await ctx.tx
    .updateTable('categories')
    .set({ ended_at: ctx.now })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute();
}
