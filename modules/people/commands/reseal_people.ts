import { z } from 'zod';
import { command } from '#platform/command.ts';
import { demand } from '#platform/policy.ts';
import { personPolicy, personRelations } from '../people.policy.ts';
import { resealSome } from '../reseal.store.ts';

/**
 * After a new sealing key was put in front of the queue: seals some of what older keys sealed anew. Repeat it until it
 * answers 0; then the old key can be taken away.
 */
export const reseal_people = command({
  name: 'people.reseal_people',
  input: z.object({ limit: z.number().int().min(1).max(10_000).default(2_000) }),
  async run(ctx, { limit }) {
    demand(personPolicy, 'reseal', personRelations(ctx.actor, ''), { kind: 'people', id: ctx.community.id });
    return { resealed: await resealSome(ctx, limit) };
  },
});
