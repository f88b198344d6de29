import { z } from 'zod';
import { dateIn } from '#platform/clock.ts';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { endTerm, insertTerm, lockPost, lockTerm, seatsTaken } from '../post.store.ts';
import { endOfTerm, freeSeat } from '../post.ts';
import { demandForOrganisation } from '../speak_for.ts';

const day = z.iso.date();

/**
 * Somebody takes up a post. The seats of a post are rows of their own: two people never hold one, however many are put
 * there at once. What caused it (a resolution, an accepted invitation) is kept with it.
 */
export const start_term = command({
  name: 'groups.start_term',
  input: z.object({
    post_id: z.uuid(),
    person_id: z.uuid(),
    started_on: day.optional(),
    ends_on: day.optional(),
    cause: z.object({ kind: z.string().max(40), id: z.uuid() }).optional(),
  }),
  async run(ctx, { post_id, person_id, cause, ...days }) {
    const post = (await lockPost(ctx, post_id)) ?? notFound('post', post_id);
    await demandForOrganisation(ctx, 'start_term', post.organisation_id);
    const started_on = days.started_on ?? dateIn(ctx.community.time_zone, ctx.now);
    const ends_on = days.ends_on ?? endOfTerm(started_on, post.term_months);
    if (ends_on !== null && ends_on < started_on) refuse('term_backwards', {}, { field: 'ends_on' });
    const seat = freeSeat(post.seats, await seatsTaken(ctx, post_id));
    if (seat === null) refuse('post_full', { count: post.seats }, { field: 'post_id' });
    const id = ctx.newId<'post_term'>();
    const { kind = null, id: cause_id = null } = cause ?? {};
    await insertTerm(ctx, { id, post_id, person_id, seat, started_on, ends_on, cause_kind: kind, cause_id });
    record(
      ctx,
      'term.started',
      { kind: 'post', id: post_id },
      { organisation_id: post.organisation_id, person_id, seat, started_on, ends_on, cause: cause ?? null },
    );
    return { id, seat, ends_on };
  },
});

/** A term ends, with the reason. The seat is free at once. */
export const end_term = command({
  name: 'groups.end_term',
  input: z.object({ id: z.uuid(), reason: z.string().trim().min(1).max(400) }),
  async run(ctx, { id, reason }) {
    const term = (await lockTerm(ctx, id)) ?? notFound('post_term', id);
    if (term.person_id !== ctx.actor.id || ctx.actor.on_behalf_of_id)
      await demandForOrganisation(ctx, 'start_term', term.organisation_id);
    await endTerm(ctx, id, reason);
    record(
      ctx,
      'term.ended',
      { kind: 'post', id: term.post_id },
      { organisation_id: term.organisation_id, person_id: term.person_id, seat: term.seat },
    );
    return { id };
  },
});
