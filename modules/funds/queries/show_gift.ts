import { z } from 'zod';
import type { Ctx } from '#platform/context.ts';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { withCauses } from '../cause.view.ts';
import { donationsBy } from '../donation.store.ts';
import { publicDonation } from '../public.view.ts';
import { follow, type Trace } from '../trace.ts';
import { isReversed } from '../transfer.store.ts';

/** A gift as everybody may see it, followed to what it was spent on: what was given first is spent first. */
export const show_gift = query({
  name: 'funds.show_gift',
  reads: 'nobody',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const [donation] = await donationsBy(ctx, { ids: [id], limit: 1 }, false);
    if (!donation) notFound('donation', id);
    const { transfer_id, fund_id, budget_line_id, amount_fen } = donation;
    const account_id = budget_line_id ?? fund_id;
    const is_reversed = transfer_id !== null && (await isReversed(ctx, transfer_id));
    const trace =
      transfer_id && account_id && amount_fen && !is_reversed
        ? await traceView(ctx, await follow(ctx, 'debit', { account_id, transfer_id, amount_fen }))
        : null;
    return { ...publicDonation(donation), is_reversed, trace };
  },
});

/** The parts of a trace with the gift or spending that each belongs to. */
export async function traceView(ctx: Ctx, { parts, left_fen, is_cut }: Trace) {
  const told = parts.map(({ passage, share_fen, through }) => {
    const { id, kind, effective_on, cause_kind, cause_id, is_reversed } = passage;
    return { transfer_id: id, kind, effective_on, cause_kind, cause_id, is_reversed, share_fen, through };
  });
  return { parts: await withCauses(ctx, told), left_fen, is_cut };
}
