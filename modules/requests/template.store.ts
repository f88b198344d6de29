import type { Ctx } from '#platform/context.ts';

export async function listTemplates(ctx: Ctx, categoryId?: string) {
  let select = ctx.tx
    .selectFrom('answer_templates')
    .select(['id', 'category_id', 'title', 'texts'])
    .where('community_id', '=', ctx.community.id)
    .where('ended_at', 'is', null);
  if (categoryId)
    select = select.where((where) =>
      where.or([where('category_id', '=', categoryId), where('category_id', 'is', null)]),
    );
  return (await select.orderBy('title').execute()) as {
    id: string;
    category_id: string | null;
    title: string;
    texts: Record<string, string>;
  }[];
}

export async function endTemplate(ctx: Ctx, id: string): Promise<void> {
  await ctx.tx
    .updateTable('answer_templates')
    .set({ ended_at: ctx.now })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute();
}

export async function addTemplate(
  ctx: Ctx,
  template: { id: string; category_id: string | null; title: string; texts: Record<string, string> },
) {
  await ctx.tx
    .insertInto('answer_templates')
    .values({
      ...template,
      texts: JSON.stringify(template.texts),
      community_id: ctx.community.id,
      changed_at: ctx.now,
      changed_by_id: ctx.actor.id,
    })
    .execute();
}
