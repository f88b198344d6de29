import type { Ctx } from '../context.ts';
import { refuse } from '../refusal.ts';
import { KINDS } from './kinds/index.ts';
import { mergeTerms, type Names, type Term, type TermKind } from './term.ts';
import { newestChanges } from './vocabulary.store.ts';

// Words change a few times a year; a process may answer with the old ones for this long after an edit made elsewhere.
const KEEP_MS = 5_000;
const kept = new Map<string, { at: number; terms: Promise<Term[]> }>();

/**
 * The terms that hold in this community, of one kind or of all, in the order of the pack; those not used here as well
 * (`is_used`). Kept by the process for five seconds, so asking costs nothing.
 */
export async function termsOf(ctx: Pick<Ctx, 'tx' | 'community'>, kind?: string): Promise<Term[]> {
  const terms = await all(ctx);
  return kind ? terms.filter((term) => term.kind === kind) : terms;
}

/** The names of one term in both languages; undefined when there is no such term. */
export async function namesOfTerm(
  ctx: Pick<Ctx, 'tx' | 'community'>,
  kind: string,
  code: string,
): Promise<Names | undefined> {
  return (await all(ctx)).find((term) => term.kind === kind && term.code === code)?.names;
}

function all(ctx: Pick<Ctx, 'tx' | 'community'>): Promise<Term[]> {
  const found = kept.get(ctx.community.id);
  if (found && Date.now() - found.at < KEEP_MS) return found.terms;
  const terms = freshTerms(ctx);
  kept.set(ctx.community.id, { at: Date.now(), terms });
  terms.catch(() => kept.delete(ctx.community.id));
  return terms;
}

/** As `termsOf`, from the rows as they stand: what a change builds on. */
export async function freshTerms(ctx: Pick<Ctx, 'tx' | 'community'>): Promise<Term[]> {
  const changes = await newestChanges(ctx);
  return KINDS.flatMap((kind) => mergeTerms(kind, changes));
}

/** Drops what the process keeps, so that the next page already speaks the new words. */
export function forgetTerms(community_id: string): void {
  kept.delete(community_id);
}

/** A kind of terms, or a refusal (`term_kind_unknown`). */
export function kindOf(kind: string): TermKind {
  return KINDS.find((one) => one.kind === kind) ?? refuse('term_kind_unknown', {}, { field: 'kind' });
}
