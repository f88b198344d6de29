import type { Ctx } from '#platform/context.ts';
import { refuse } from '#platform/refusal.ts';
import { type Term, termsOf } from '#platform/vocabulary/index.ts';

const KIND = 'spending_category';

/** What money can be spent on here, in the words of the place; what was taken out of use is not there. */
export async function spendingCategories(ctx: Pick<Ctx, 'tx' | 'community'>): Promise<Term[]> {
  return (await termsOf(ctx, KIND)).filter((term) => term.is_used);
}

/** Refuses a use that the vocabulary does not have. */
export async function demandCategory(ctx: Ctx, code: string): Promise<void> {
  if (!(await spendingCategories(ctx)).some((term) => term.code === code))
    refuse('spending_category_unknown', {}, { field: 'category' });
}
