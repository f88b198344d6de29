import { z } from 'zod';
import { demand } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { leaveTraces } from '../file_read.store.ts';
import { personPolicy, personRelations } from '../people.policy.ts';
import { findPerson } from '../person.store.ts';
import { proxiesOf } from '../proxy.store.ts';

/**
 * Begins to act for somebody: a family proxy who was agreed to, or staff at a desk or in a grid with a reason. It is
 * told in the file of whoever is acted for, since what they asked can be seen from then on.
 */
export const act_for = query({
  name: 'people.act_for',
  reads: 'others',
  leaves_trace: true,
  input: z.object({ person_id: z.uuid(), reason: z.string().trim().max(300).optional() }),
  async run(ctx, { person_id, reason }) {
    if (ctx.actor.kind !== 'person' || person_id === ctx.actor.id) notFound('person', person_id);
    const person = await findPerson(ctx, person_id);
    const isProxy = (await proxiesOf(ctx, ctx.actor.id)).some(
      (proxy) => proxy.proxy_id === ctx.actor.id && proxy.subject_id === person_id && proxy.agreed_at,
    );
    if (!isProxy) {
      demand(personPolicy, 'act_for', personRelations(ctx.actor, person_id), { kind: 'person', id: person_id });
      if (!reason) refuse('required', {}, { field: 'reason' });
    }
    await leaveTraces(ctx, [person_id], ['requests'], isProxy ? 'people.reasons.proxy' : (reason ?? ''));
    return { id: person.id, name_masked: person.name_masked };
  },
});
