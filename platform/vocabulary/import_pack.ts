import { z } from 'zod';
import { command } from '../command.ts';
import { record } from '../event.ts';
import { Refusal } from '../refusal.ts';
import { freshTerms } from './vocabulary.ts';
import { changeTerm, demandAdministrator, termInput } from './write_term.ts';

const TERMS_LIMIT = 2_000;

/** The format of a pack that is taken out and brought in again. */
export const PACK_FORMAT = 'yingmen-vocabulary/1';

/** Brings in a pack that another neighbourhood, or this one, took out: all of its terms or none. Terms it does not name stay. */
export const import_pack = command({
  name: 'vocabulary.import_pack',
  input: z.object({ format: z.literal(PACK_FORMAT), terms: z.array(termInput).min(1).max(TERMS_LIMIT) }),
  async run(ctx, { terms }) {
    demandAdministrator(ctx);
    const known = new Map((await freshTerms(ctx)).map((term) => [`${term.kind}/${term.code}`, term]));
    const refusals: Refusal[] = [];
    let changed = 0;
    for (const [i, term] of terms.entries()) {
      const key = `${term.kind}/${term.code}`;
      const before = known.get(key);
      try {
        const version = await changeTerm(ctx, term, before);
        if (version !== (before?.version ?? 0)) changed++;
        known.set(key, { ...(before ?? { is_ours: false, is_default: false }), ...term, version } as never);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        refusals.push(new Refusal(error.code, error.vars, { line: i + 1, field: key }));
      }
    }
    const [first, ...others] = refusals;
    if (first) throw new Refusal(first.code, first.vars, first.where, others);
    record(ctx, 'vocabulary.imported', { kind: 'community', id: ctx.community.id }, { changed });
    return { read: terms.length, changed };
  },
});
