import { z } from 'zod';
import { query } from '../query.ts';
import { PACK_FORMAT } from './import_pack.ts';
import { KINDS } from './kinds/index.ts';
import { changesOf } from './vocabulary.store.ts';
import { freshTerms, removedTerms, termsOf } from './vocabulary.ts';
import { demandAdministrator, termKey } from './write_term.ts';

/** The words of the place, for everybody: terms of one kind or of all. */
export const list_terms = query({
  name: 'vocabulary.list_terms',
  reads: 'nobody',
  input: z.object({ kind: z.string().max(60).optional() }),
  run: (ctx, { kind }) => termsOf(ctx, kind),
});

/** What removed terms were called last, for everybody: for pages that show what was written down with one. */
export const list_removed_terms = query({
  name: 'vocabulary.list_removed_terms',
  reads: 'nobody',
  input: z.object({}),
  run: (ctx) => removedTerms(ctx),
});

/** The kinds with their terms as they stand, for who edits them. */
export const list_kinds = query({
  name: 'vocabulary.list_kinds',
  reads: 'nobody',
  input: z.object({}),
  async run(ctx) {
    demandAdministrator(ctx);
    const terms = await freshTerms(ctx);
    return KINDS.map(({ kind, names, descriptions, is_closed, fields }) => ({
      ...{ kind, names, descriptions, is_closed, fields },
      terms: terms.filter((term) => term.kind === kind),
    }));
  },
});

/** What a term was called before, and who changed it when. */
export const show_term_history = query({
  name: 'vocabulary.show_term_history',
  reads: 'nobody',
  input: z.object(termKey),
  run(ctx, { kind, code }) {
    demandAdministrator(ctx);
    return changesOf(ctx, kind, code);
  },
});

/** The whole pack as it holds here, in the format that `import_pack` reads. */
export const export_pack = query({
  name: 'vocabulary.export_pack',
  reads: 'nobody',
  input: z.object({}),
  async run(ctx) {
    demandAdministrator(ctx);
    const terms = (await freshTerms(ctx)).map(({ kind, code, names, descriptions, data, is_used, is_ours }) => ({
      ...{ kind, code, names, descriptions, data, is_used, is_ours },
    }));
    return { format: PACK_FORMAT, terms };
  },
});
