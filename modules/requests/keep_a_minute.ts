import type { Ctx } from '#platform/context.ts';

/** How old figures for everybody may be. They say of which moment they are. */
export const MEASURES_LAST_MS = 60_000;
const KEPT_ANSWERS = 100;

/**
 * Keeps figures that are the same for all who ask under a key of their community: they are added up once a minute. What
 * was kept longest makes room; a failure is not kept.
 */
export function keepAMinute<Figures>() {
  const kept = new Map<string, { at: Date; figures: Promise<Figures> }>();
  return (ctx: Ctx, key: string, addUp: () => Promise<Figures>): Promise<Figures> => {
    const of = `${ctx.community.id}/${key}`;
    const found = kept.get(of);
    const age_ms = found ? ctx.now.getTime() - found.at.getTime() : Number.NaN;
    if (found && age_ms >= 0 && age_ms < MEASURES_LAST_MS) return found.figures;
    const entry = { at: ctx.now, figures: addUp() };
    kept.delete(of);
    if (kept.size >= KEPT_ANSWERS) kept.delete(kept.keys().next().value!);
    kept.set(of, entry);
    entry.figures.catch(() => kept.get(of) === entry && kept.delete(of));
    return entry.figures;
  };
}
