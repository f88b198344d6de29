import { z } from 'zod';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { ballotsOf, findVoteEvent } from '../vote.store.ts';
import { hashOfCode, normaliseCode, RECEIPT_CODE } from '../vote.ts';

/** What a secret ballot says, by the code on its receipt, once the vote is closed; the code is not kept. */
export const find_vote = query({
  name: 'council.find_vote',
  reads: 'nobody',
  input: z.object({ vote_event_id: z.uuid(), receipt_code: z.string().max(60) }),
  async run(ctx, { vote_event_id, receipt_code }) {
    const event = (await findVoteEvent(ctx, vote_event_id)) ?? notFound('vote_event', vote_event_id);
    const code = normaliseCode(receipt_code);
    if (!event.closed_at || event.ballot !== 'secret' || !RECEIPT_CODE.test(code)) return null;
    const hash = hashOfCode(vote_event_id, code);
    return (await ballotsOf(ctx, vote_event_id)).find((one) => one.code_hash === hash) ?? null;
  },
});
