import { z } from 'zod';
import { allows, demand, generalRelations } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { phoneById, phoneList } from '../phone.store.ts';
import { visitPolicy } from '../visit.policy.ts';

const LISTED = 200;

/** Phones that took rounds along: one's own, everybody's for the desk. */
export const list_phones = query({
  name: 'visits.list_phones',
  reads: 'nobody',
  input: z.object({}),
  async run(ctx) {
    const relations = generalRelations(ctx.actor);
    demand(visitPolicy, 'see_due', relations, { kind: 'phone', id: ctx.community.id });
    return phoneList(ctx, allows(visitPolicy, 'order_wipe', relations) ? null : ctx.actor.id, LISTED);
  },
});

/** One's own phone as the server knows it, if it does. */
export const show_phone = query({
  name: 'visits.show_phone',
  reads: 'own',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const phone = await phoneById(ctx, id);
    return phone?.person_id === ctx.actor.id ? phone : null;
  },
});
