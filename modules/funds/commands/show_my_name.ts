import { z } from 'zod';
import { principalOf } from '#platform/actor.ts';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { notFound } from '#platform/refusal.ts';
import { findDonor, setDonorHidden } from '../donation.store.ts';

/** Whoever gave says whether their name is shown in public, for all they have given. */
export const show_my_name = command({
  name: 'funds.show_my_name',
  input: z.object({ is_hidden: z.boolean() }),
  async run(ctx, { is_hidden }) {
    const person_id = principalOf(ctx.actor);
    const donor =
      (ctx.actor.kind === 'person' && (await findDonor(ctx, { person_id }))) || notFound('donor', person_id);
    if (donor.is_hidden === is_hidden) return { is_hidden };
    await setDonorHidden(ctx, donor.id, is_hidden);
    record(ctx, 'donor.changed', { kind: 'donor', id: donor.id }, { is_hidden });
    return { is_hidden };
  },
});
