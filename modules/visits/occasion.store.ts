import type { Ctx } from '#platform/context.ts';
import { type Term, termsOf } from '#platform/vocabulary/index.ts';
import type { Occasion } from './occasion.ts';

/** The occasions of this place, as its vocabulary has them; what was taken out of use is not there. */
export async function occasionsOf(ctx: Ctx): Promise<readonly Occasion[]> {
  return (await termsOf(ctx, 'occasion')).filter((term) => term.is_used).map(occasionFrom);
}

function occasionFrom({ code, names, data }: Term): Occasion {
  const number = (name: string) => (typeof data[name] === 'number' ? data[name] : 0);
  const list = (name: string) => (Array.isArray(data[name]) ? data[name] : []);
  return {
    ...{ code, names },
    within_days: number('within_days'),
    every_days: number('every_days'),
    care_kinds: list('care_kinds'),
    categories: list('categories'),
    bring: { 'zh-CN': list('bring_chinese'), en: list('bring_english') },
    ask: { 'zh-CN': list('ask_chinese'), en: list('ask_english') },
  };
}
