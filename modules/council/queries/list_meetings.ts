import { z } from 'zod';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { meetingsBy } from '../meeting.store.ts';
import { minutesOf, phaseOf } from '../meeting.ts';
import { findMotion, motionsLinkedWith } from '../motion.store.ts';

const PAGE = 20;

/** Meetings to come, the next first, or past ones, the latest first; everybody may see them. */
export const list_meetings = query({
  name: 'council.list_meetings',
  reads: 'nobody',
  input: z.object({
    when: z.enum(['coming', 'past', 'all']).default('coming'),
    offset: z.number().int().min(0).max(10_000).default(0),
    limit: z.number().int().min(1).max(500).default(PAGE),
  }),
  async run(ctx, input) {
    const rows = await meetingsBy(ctx, { ...input, limit: input.limit + 1 });
    const meetings = rows
      .slice(0, input.limit)
      .map((row) => ({ ...row, phase: phaseOf(row), minutes: minutesOf(row) }));
    return { meetings, next: rows.length > input.limit ? input.offset + input.limit : null };
  },
});

/** The motions that grew from a thing (a topic, a request) or led to it (a proposal). */
export const motions_of = query({
  name: 'council.motions_of',
  reads: 'nobody',
  input: z.object({ kind: z.string().regex(/^[a-z_]{2,40}$/), id: z.uuid() }),
  run: (ctx, thing) => motionsLinkedWith(ctx, thing),
});

/** A motion in a line, for pages of what it grew from. */
export const show_motion = query({
  name: 'council.show_motion',
  reads: 'nobody',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const { meeting_id, number, title, state } = (await findMotion(ctx, id)) ?? notFound('motion', id);
    return { id, meeting_id, number, title, state };
  },
});
