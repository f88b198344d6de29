import { z } from 'zod';
import { hasRole } from '#platform/actor.ts';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { allDoors } from '../roster.store.ts';

/** Every door by “estate/building/unit/door”, for whoever reads a roster of residents. */
export const doors_by_words = query({
  name: 'places.doors_by_words',
  reads: 'nobody',
  input: z.object({}),
  async run(ctx) {
    if (ctx.actor.kind !== 'system' && !hasRole(ctx.actor, 'administrator')) notFound('doors', ctx.community.id);
    return new Map(
      (await allDoors(ctx)).map((door) => [`${door.estate ?? ''}/${door.number}/${door.unit}/${door.door}`, door.id]),
    );
  },
});
