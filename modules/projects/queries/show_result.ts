import { z } from 'zod';
import { query } from '#platform/query.ts';
import { receipt_code } from '#platform/receipt_code.ts';
import { notFound } from '#platform/refusal.ts';
import { publishedBallot } from '../ballot.store.ts';
import { hashOfCode } from '../ballot.ts';
import { roundFor } from '../find.ts';
import { fileOf, resultOf } from '../result.store.ts';

/** What a closed round came to; nothing before it is published. */
export const show_result = query({
  name: 'projects.show_result',
  reads: 'nobody',
  input: z.object({ number: z.number().int().positive() }),
  run: async (ctx, { number }) => (await resultOf(ctx, (await roundFor(ctx, number)).id)) ?? null,
});

/** What became of one ballot, by the code on its receipt; the code is not kept. */
export const find_ballot = query({
  name: 'projects.find_ballot',
  reads: 'nobody',
  input: z.object({ number: z.number().int().positive(), receipt_code: z.string().max(60) }),
  async run(ctx, { number, receipt_code: typed }) {
    const { id } = await roundFor(ctx, number);
    const code = receipt_code.safeParse(typed).data;
    return code ? ((await publishedBallot(ctx, id, hashOfCode(id, code))) ?? null) : null;
  },
});

/** The published file of a round, as it was hashed. */
export const export_ballots = query({
  name: 'projects.export_ballots',
  reads: 'nobody',
  input: z.object({ number: z.number().int().positive() }),
  async run(ctx, { number }) {
    const { id } = await roundFor(ctx, number);
    return { text: (await fileOf(ctx, id)) ?? notFound('venture_result', id) };
  },
});
