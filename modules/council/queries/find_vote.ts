import { z } from 'zod';
import { query } from '#platform/query.ts';
import { receipt_code } from '#platform/receipt_code.ts';
import { notFound } from '#platform/refusal.ts';
import { ballotsOf, findVoteEvent } from '../vote.store.ts';
import { hashOfCode } from '../vote.ts';

/** What a secret ballot says, by the code on its receipt, once the vote is closed; the code is not kept. */
export const find_vote = query({
  name: 'council.find_vote',
  reads: 'nobody',
  input: z.object({ vote_event_id: z.uuid(), receipt_code: z.string().max(60) }),
  async run(ctx, { vote_event_id, receipt_code: typed }) {
    const event = (await findVoteEvent(ctx, vote_event_id)) ?? notFound('vote_event', vote_event_id);
    const code = receipt_code.safeParse(typed).data;
    if (!event.closed_at || event.ballot !== 'secret' || !code) return null;
    const hash = hashOfCode(vote_event_id, code);
    return (await ballotsOf(ctx, vote_event_id)).find((one) => one.code_hash === hash) ?? null;
  },
});
