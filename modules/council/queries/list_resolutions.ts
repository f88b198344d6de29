import { z } from 'zod';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { findMeeting } from '../meeting.store.ts';
import { findMotion, textsOf } from '../motion.store.ts';
import { resolutionLinks, resolutionsBy } from '../resolution.store.ts';
import { voteEventsIn } from '../vote.store.ts';

const PAGE = 20;

/** Resolutions, the latest first, with where each stands: the state is that of the request which carries it. */
export const list_resolutions = query({
  name: 'council.list_resolutions',
  reads: 'nobody',
  input: z.object({
    state: z.enum(['open', 'overdue', 'ended']).optional(),
    offset: z.number().int().min(0).max(10_000).default(0),
    limit: z.number().int().min(1).max(500).default(PAGE),
  }),
  async run(ctx, input) {
    const rows = await resolutionsBy(ctx, { ...input, limit: input.limit + 1 });
    return {
      resolutions: rows.slice(0, input.limit),
      next: rows.length > input.limit ? input.offset + input.limit : null,
    };
  },
});

/** One resolution: what was resolved where and how, who owes it by when, and what came of it. */
export const show_resolution = query({
  name: 'council.show_resolution',
  reads: 'nobody',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const [resolution] = await resolutionsBy(ctx, { id, limit: 1 });
    if (!resolution) notFound('resolution', id);
    const meeting = (await findMeeting(ctx, resolution.meeting_id)) ?? notFound('resolution', id);
    const motion = (await findMotion(ctx, resolution.motion_id)) ?? notFound('resolution', id);
    const events = await voteEventsIn(ctx, meeting.id);
    return {
      ...resolution,
      meeting: { id: meeting.id, titles: meeting.titles, starts_at: meeting.starts_at },
      motion: {
        ...{ id: motion.id, number: motion.number, title: motion.title, ballot: motion.ballot },
        text: (await textsOf(ctx, motion.id))[0]!.text,
        counts: events.findLast((event) => event.motion_id === motion.id)?.counts ?? null,
      },
      links: await resolutionLinks(ctx, { resolution_id: id, motion_id: motion.id }),
    };
  },
});

/** The resolution that a request carries, or that a proposal grew from; or none. */
export const resolution_of = query({
  name: 'council.resolution_of',
  reads: 'nobody',
  input: z.union([z.object({ request_id: z.uuid() }), z.object({ proposal_id: z.uuid() })]),
  async run(ctx, key) {
    const [found] = await resolutionsBy(ctx, { ...key, limit: 1 });
    return found ? { id: found.id, number: found.number, titles: found.titles } : null;
  },
});
