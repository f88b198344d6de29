import { z } from 'zod';
import { principalOf } from '#platform/actor.ts';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { demand } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { insertCorrection, lockCorrection, settleCorrection } from '../correction.store.ts';
import { personPolicy, personRelations } from '../people.policy.ts';
import { addContact, changePerson } from '../person.store.ts';

const FIELDS = ['name', 'born_in_year', 'phone', 'email', 'other'] as const;

/** “This is wrong about me”: what it should say, and why. */
export const ask_for_correction = command({
  name: 'people.ask_for_correction',
  input: z.object({
    field: z.enum(FIELDS),
    proposed: z.string().trim().min(1).max(500),
    reason: z.string().trim().min(1).max(500),
  }),
  async run(ctx, input) {
    if (ctx.actor.kind !== 'person') refuse('sign_in_first');
    const id = ctx.newId<'correction'>();
    const person_id = principalOf(ctx.actor);
    await insertCorrection(ctx, { id, person_id, ...input });
    record(ctx, 'correction.asked', { kind: 'person', id: person_id }, { field: input.field });
    return { id };
  },
});

/** Staff make the correction or refuse it with a reason; never their own. */
export const decide_correction = command({
  name: 'people.decide_correction',
  input: z.object({ id: z.uuid(), make: z.boolean(), reason: z.string().trim().min(1).max(500) }),
  async run(ctx, input) {
    demand(personPolicy, 'record_proxy', personRelations(ctx.actor, ''), { kind: 'correction', id: input.id });
    const correction = (await lockCorrection(ctx, input.id)) ?? notFound('correction', input.id);
    if (correction.person_id === ctx.actor.id) refuse('own_correction');
    if (correction.state !== 'asked') refuse('correction_settled');
    const { field, proposed, person_id } = correction;
    if (input.make && field === 'name') await changePerson(ctx, person_id, { name: proposed });
    if (input.make && field === 'born_in_year') {
      const year = Number(proposed);
      if (!Number.isInteger(year) || year < 1890 || year > 2100) refuse('invalid_input', {}, { field: 'proposed' });
      await changePerson(ctx, person_id, { born_in_year: year });
    }
    if (input.make && (field === 'phone' || field === 'email'))
      await addContact(ctx, person_id, field, proposed, false);
    await settleCorrection(ctx, input.id, input.make ? 'made' : 'refused', input.reason);
    record(ctx, 'correction.decided', { kind: 'person', id: person_id }, { field, made: input.make });
    return { id: input.id };
  },
});
