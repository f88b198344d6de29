import { z } from 'zod';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { demand, generalRelations } from '#platform/policy.ts';
import { notFound } from '#platform/refusal.ts';
import { phoneById, saveWipeOrder } from '../phone.store.ts';
import { visitPolicy } from '../visit.policy.ts';

/** Orders a phone to wipe its rounds at its next contact: by its holder from anywhere, or by the desk. */
export const order_wipe = command({
  name: 'visits.order_wipe',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const phone = (await phoneById(ctx, id)) ?? notFound('phone', id);
    const relations = generalRelations(ctx.actor);
    if (phone.person_id === ctx.actor.id) relations.add('phone_holder');
    demand(visitPolicy, 'order_wipe', relations, { kind: 'phone', id });
    await saveWipeOrder(ctx, id);
    record(ctx, 'phone.wipe_ordered', { kind: 'phone', id });
    return { id };
  },
});
