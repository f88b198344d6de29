import { classify, spokenFor } from '#engines/text_router/index.ts';
import type { Ctx } from '#platform/context.ts';
import { refuse } from '#platform/refusal.ts';
import { findCategory, listCategories } from './category.store.ts';
import type { Category } from './category.ts';
import { currentRouter, lastSwitch } from './category_model.store.ts';

/** Kept on a request whose teller left the category open: which model chose, how sure it was and by which words. */
export type CategorisedBy = {
  /** 0 is the starter model. */
  version: number;
  probability: number;
  words: string[];
  /** False when the desk has to look: the category stands only until then. */
  is_automatic: boolean;
  is_corrected?: boolean;
};

export type ChosenCategory = { category: Category; categorised_by: CategorisedBy | null };

/**
 * The category that was named, or the likeliest for a text whose teller left it open. It counts as chosen without a person
 * only when the community's own model is trusted (97 % right on held-out decisions), sure enough, and not switched off.
 */
export async function chooseCategory(
  ctx: Ctx,
  named: { id: string } | { code: string } | undefined,
  text: string,
): Promise<ChosenCategory> {
  if (named) return { category: await findCategory(ctx, named), categorised_by: null };
  const categories = await listCategories(ctx);
  if (categories.length === 0) refuse('category_unknown', {}, { field: 'category' });
  const { version, router } = await currentRouter(ctx);
  const { suggestions, is_automatic } = classify(router, text);
  const known = suggestions.filter(({ label }) => categories.some(({ code }) => code === label));
  const likeliest = known[0] ?? { label: categories[0]!.code, probability: 0 };
  const isFirst = likeliest.label === suggestions[0]!.label;
  return {
    category: categories.find(({ code }) => code === likeliest.label)!,
    categorised_by: {
      version,
      probability: likeliest.probability,
      words: spokenFor(router, text, likeliest.label).map(({ word }) => word),
      is_automatic: version > 0 && is_automatic && isFirst && ((await lastSwitch(ctx))?.is_on ?? true),
    },
  };
}
