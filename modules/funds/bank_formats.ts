import type { Ctx } from '#platform/context.ts';
import { termsOf } from '#platform/vocabulary/index.ts';
import { type BankFormat, formatOf } from './bank_format.ts';

/** The formats of bank statements that the place knows; one that says too little is not there. */
export async function bankFormats(ctx: Pick<Ctx, 'tx' | 'community'>): Promise<BankFormat[]> {
  const terms = (await termsOf(ctx, 'bank_format')).filter((term) => term.is_used);
  return terms.flatMap((term) => formatOf(term) ?? []);
}
