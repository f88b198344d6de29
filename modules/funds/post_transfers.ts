import { dateIn } from '#platform/clock.ts';
import type { Ctx } from '#platform/context.ts';
import { sha256 } from '#platform/crypto.ts';
import { record } from '#platform/event.ts';
import { refuse } from '#platform/refusal.ts';
import { type TransferRow, type WantedTransfer, writeTransfers } from './transfer.store.ts';

/** A transfer as other modules ask for it; the day is today's when none is named. */
export type NewPosting = Omit<WantedTransfer, 'id' | 'flow' | 'effective_on'> &
  Partial<Pick<WantedTransfer, 'id' | 'flow' | 'effective_on'>>;

/**
 * Posts transfers for whoever has judged that they may be: the one way into the ledger. Each is a fact in the journal that
 * repeats the whole row, so that a row changed behind our back no longer agrees with what was logged.
 */
export async function postTransfers(ctx: Ctx, transfers: readonly NewPosting[]): Promise<TransferRow[]> {
  const today = dateIn(ctx.community.time_zone, ctx.now);
  const rows = await writeTransfers(
    ctx,
    transfers.map((one, i) => {
      const effective_on = one.effective_on ?? today;
      if (effective_on > today) refuse('day_ahead', {}, { field: 'effective_on', line: i + 1 });
      return { ...one, id: one.id ?? ctx.newId(), flow: one.flow ?? 'posted', effective_on };
    }),
  );
  for (const row of rows) record(ctx, `transfer.${EVENT_OF[row.flow]}`, { kind: 'transfer', id: row.id }, factOf(row));
  return rows;
}

const EVENT_OF = { posted: 'posted', pending: 'held', post: 'posted', void: 'voided' } as const;

/** The row as the log holds it. Who did it and why are words that are not published: a hash of them shows that they stand. */
export function factOf(row: TransferRow): Record<string, unknown> {
  const { id, reason, actor_id, at, ...rest } = row;
  const seal = sha256([id, actor_id, reason ?? ''].join('/')).toString('hex');
  return { ...rest, at: at.toISOString(), seal };
}
