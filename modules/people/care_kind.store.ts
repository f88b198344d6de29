import type { Ctx } from '#platform/context.ts';
import { sayTerm, termsOf } from '#platform/vocabulary/index.ts';

const KIND = 'care_kind';

/** A kind by its code, with the place's own names where it has some; without them the locales name it. */
export type CareKind = { code: string; names: Record<string, string> | null };

/** The kinds of the default vocabulary and those the place added, in that order. */
export async function careKinds(ctx: Ctx): Promise<CareKind[]> {
  const terms = (await termsOf(ctx, KIND)).filter((term) => term.is_used);
  return terms.map(({ code, names, is_default }) => ({ code, names: is_default ? null : names }));
}

export async function careKindExists(ctx: Ctx, code: string): Promise<boolean> {
  return (await careKinds(ctx)).some((kind) => kind.code === code);
}

export async function writeCareKind(ctx: Ctx, code: string, names: { 'zh-CN': string; en: string }): Promise<void> {
  await sayTerm(ctx, KIND, code, names);
}
