import { z } from 'zod';
import { principalOf } from '#platform/actor.ts';
import { downloadsOf } from '#platform/downloads.ts';
import { demand } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { refuse } from '#platform/refusal.ts';
import { personPolicy, personRelations } from '../people.policy.ts';
import { keptCounts } from '../retention.store.ts';
import { KEPT, TAKEN } from '../retention.ts';

/** What erasure takes away from me and what has to stay, each with the articles of the Personal Information Protection Law. */
export const what_is_kept = query({
  name: 'people.what_is_kept',
  reads: 'own',
  input: z.object({}),
  async run(ctx) {
    if (ctx.actor.kind !== 'person' || ctx.actor.on_behalf_of_id) refuse('sign_in_first');
    const counts = await keptCounts(ctx, ctx.actor.id);
    return { taken: [...TAKEN], kept: KEPT.map((one) => ({ ...one, count: counts[one.thing] ?? null })) };
  },
});

/** The files about me that jobs have made or are making; a proxy sees those of whom they act for. */
export const my_exports = query({
  name: 'people.my_exports',
  reads: 'own',
  input: z.object({}),
  async run(ctx) {
    if (ctx.actor.kind !== 'person') refuse('sign_in_first');
    const me = principalOf(ctx.actor);
    demand(personPolicy, 'read_own_file', personRelations(ctx.actor, me), { kind: 'person', id: me });
    return downloadsOf(ctx, 'my_file', me);
  },
});
