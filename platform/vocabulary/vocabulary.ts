import type { Ctx } from '../context.ts';
import { refuse } from '../refusal.ts';
import { KINDS } from './kinds/index.ts';
import { isRemoved, mergeTerms, type RemovedTerm, type Term, type TermKind } from './term.ts';
import { newestChanges } from './vocabulary.store.ts';

// Words change a few times a year; a process may answer with the old ones for this long after an edit made elsewhere.
const KEEP_MS = 5_000;
type Words = { terms: Term[]; removed: RemovedTerm[] };
const kept = new Map<string, { at: number; words: Promise<Words> }>();

/**
 * The terms that hold in this community, of one kind or of all, in the order of the pack; those not used here as well
 * (`is_used`). Kept by the process for five seconds, so asking costs nothing.
 */
export async function termsOf(ctx: Pick<Ctx, 'tx' | 'community'>, kind?: string): Promise<Term[]> {
  const { terms } = await all(ctx);
  return kind ? terms.filter((term) => term.kind === kind) : terms;
}

/** Terms of one's own that were removed here, by the names they had last: what was written down with them is still called so. */
export async function removedTerms(ctx: Pick<Ctx, 'tx' | 'community'>): Promise<RemovedTerm[]> {
  return (await all(ctx)).removed;
}

function all(ctx: Pick<Ctx, 'tx' | 'community'>): Promise<Words> {
  const found = kept.get(ctx.community.id);
  if (found && Date.now() - found.at < KEEP_MS) return found.words;
  const words = freshWords(ctx);
  kept.set(ctx.community.id, { at: Date.now(), words });
  words.catch(() => kept.delete(ctx.community.id));
  return words;
}

async function freshWords(ctx: Pick<Ctx, 'tx' | 'community'>): Promise<Words> {
  const changes = await newestChanges(ctx);
  return {
    terms: KINDS.flatMap((kind) => mergeTerms(kind, changes)),
    removed: KINDS.flatMap((kind) => changes.filter((one) => isRemoved(kind, one))).map(
      ({ kind, code, last_names: names }) => ({ kind, code, names }),
    ),
  };
}

/** As `termsOf`, from the rows as they stand: what a change builds on. */
export async function freshTerms(ctx: Pick<Ctx, 'tx' | 'community'>): Promise<Term[]> {
  return (await freshWords(ctx)).terms;
}

/** Drops what the process keeps, so that the next page already speaks the new words. */
export function forgetTerms(community_id: string): void {
  kept.delete(community_id);
}

/** A kind of terms, or a refusal (`term_kind_unknown`). */
export function kindOf(kind: string): TermKind {
  return KINDS.find((one) => one.kind === kind) ?? refuse('term_kind_unknown', {}, { field: 'kind' });
}
