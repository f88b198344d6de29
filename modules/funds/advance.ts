/** An advance that was paid out, in the order it was. */
export type PaidAdvance = { spending_id: string; amount_fen: number; due_on: string };

/** How long an advance may be out unless another day is named. */
export const ADVANCE_DAYS = 30;
/** Whoever has one is told so long before. */
export const ADVANCE_TOLD_DAYS = 3;

/**
 * What of each advance is still out, when what was settled and brought back covers the oldest first. Pure; linear.
 */
export function stillOut(advances: readonly PaidAdvance[], covered_fen: number): (PaidAdvance & { out_fen: number })[] {
  let left = covered_fen;
  return advances.flatMap((one) => {
    const covers = Math.min(left, one.amount_fen);
    left -= covers;
    return one.amount_fen > covers ? [{ ...one, out_fen: one.amount_fen - covers }] : [];
  });
}
