import type { Ctx } from '#platform/context.ts';
import type { Side } from './account.ts';
import { movedBefore, type Passage, passages } from './trace.store.ts';

/** How much of what is followed went with one transfer, and through which budget line. */
export type TracePart = { passage: Passage; share_fen: number; through: Record<string, string> | null };
export type Trace = { parts: TracePart[]; left_fen: number; is_cut: boolean };

const MOST_PARTS = 60;
const DEEPEST = 3;
/** Accounts of one kind of money: a fund, and what of it was promised. Past them is the outside. */
const INSIDE: readonly string[] = ['fund', 'budget_line'];

/**
 * Follows money through the funds: what comes into an account first is what goes out of it first. `debit` follows what came
 * in to what it was spent on, `credit` follows what was spent back to what it came from. Through budget lines, fen by fen:
 * the shares and what is left are together what was followed. At most 60 parts.
 */
export async function follow(
  ctx: Ctx,
  way: Side,
  start: { account_id: string; transfer_id: string; amount_fen: number },
): Promise<Trace> {
  const came: Side = way === 'debit' ? 'credit' : 'debit';
  const from_fen = await movedBefore(ctx, start.account_id, came, start.transfer_id);
  const parts = await step(ctx, way, start.account_id, from_fen, start.amount_fen, null, 1);
  const shown = parts.slice(0, MOST_PARTS);
  const went_fen = parts.reduce((sum, one) => sum + one.share_fen, 0);
  return { parts: shown, left_fen: start.amount_fen - went_fen, is_cut: parts.length > MOST_PARTS };
}

async function step(
  ctx: Ctx,
  way: Side,
  account_id: string,
  from_fen: number,
  amount_fen: number,
  through: TracePart['through'],
  depth: number,
): Promise<TracePart[]> {
  const stretch = { from_fen, until_fen: from_fen + amount_fen };
  const parts: TracePart[] = [];
  for (const passage of await passages(ctx, account_id, way, stretch, MOST_PARTS + 1)) {
    const { share_fen, inner_fen } = shareOf(passage, stretch);
    if (INSIDE.includes(passage.other_kind) && depth < DEEPEST) {
      const other: Side = way === 'debit' ? 'credit' : 'debit';
      const begins = await movedBefore(ctx, passage.other_id, other, passage.id);
      // Back towards the giver the line is where we come from; onwards it is where we go to.
      const names = passage.other_kind === 'budget_line' ? passage.other_names : through;
      parts.push(...(await step(ctx, way, passage.other_id, begins + inner_fen, share_fen, names, depth + 1)));
    } else parts.push({ passage, share_fen, through });
    if (parts.length > MOST_PARTS) break;
  }
  return parts;
}

/** How much of a stretch one transfer moved, and how far inside the transfer that begins. */
export function shareOf(
  passage: { amount_fen: number; upto_fen: number },
  stretch: { from_fen: number; until_fen: number },
): { share_fen: number; inner_fen: number } {
  const began = passage.upto_fen - passage.amount_fen;
  const from = Math.max(began, stretch.from_fen);
  return { share_fen: Math.min(passage.upto_fen, stretch.until_fen) - from, inner_fen: from - began };
}
