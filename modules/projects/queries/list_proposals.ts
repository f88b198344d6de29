import { z } from 'zod';
import { query } from '#platform/query.ts';
import { roundFor } from '../find.ts';
import { proposalsBy, proposalsFrom } from '../proposal.store.ts';
import { PROPOSAL_STATES } from '../proposal.ts';

/** The proposals of a round by their number, page by page; who wrote them stands on their own page. */
export const list_proposals = query({
  name: 'projects.list_proposals',
  reads: 'nobody',
  input: z.object({
    number: z.number().int().positive(),
    states: z.array(z.enum(PROPOSAL_STATES)).optional(),
    category: z.string().max(60).optional(),
    words: z.string().trim().max(80).optional(),
    after: z.number().int().positive().optional(),
    limit: z.number().int().min(1).max(2_000).default(50),
  }),
  async run(ctx, { number, ...by }) {
    const { id } = await roundFor(ctx, number);
    const rows = await proposalsBy(ctx, id, { ...by, limit: by.limit + 1 });
    const proposals = rows.slice(0, by.limit).map(({ proposer_id: _, body: __, ...one }) => one);
    return { proposals, next: rows.length > by.limit ? proposals.at(-1)!.number : null };
  },
});

/** The proposals that grew from a request. */
export const list_proposals_from = query({
  name: 'projects.list_proposals_from',
  reads: 'nobody',
  input: z.object({ request_id: z.uuid() }),
  run: (ctx, { request_id }) => proposalsFrom(ctx, request_id),
});
