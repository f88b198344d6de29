import { z } from 'zod';
import { command } from '#platform/command.ts';
import { demand, generalRelations } from '#platform/policy.ts';
import { notFound } from '#platform/refusal.ts';
import { phoneById, saveContact, saveWiped } from '../phone.store.ts';
import { visitPolicy } from '../visit.policy.ts';

/** A phone says that it is there, or that it has wiped itself as it was told. */
export const report_phone = command({
  name: 'visits.report_phone',
  input: z.object({ id: z.uuid(), is_wiped: z.boolean().default(false) }),
  async run(ctx, { id, is_wiped }) {
    demand(visitPolicy, 'see_due', generalRelations(ctx.actor), { kind: 'phone', id });
    const phone = await phoneById(ctx, id);
    if (phone && phone.person_id !== ctx.actor.id) notFound('phone', id);
    await saveContact(ctx, id);
    if (is_wiped) await saveWiped(ctx, id);
    return { id };
  },
});
