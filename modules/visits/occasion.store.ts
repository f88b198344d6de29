import type { Ctx } from '#platform/context.ts';
import { DEFAULT_OCCASIONS } from './default_occasions.ts';
import type { Occasion } from './occasion.ts';

/** The occasions of this place, as its vocabulary has them. */
export async function occasionsOf(_ctx: Ctx): Promise<readonly Occasion[]> {
  return DEFAULT_OCCASIONS;
}
