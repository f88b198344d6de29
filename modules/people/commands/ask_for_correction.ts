import { z } from 'zod';
import { principalOf } from '#platform/actor.ts';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { record } from '#platform/event.ts';
import { demand } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { addContact, endContacts } from '../contact.store.ts';
import { insertCorrection, lockCorrection, settleCorrection } from '../correction.store.ts';
import { personPolicy, personRelations } from '../people.policy.ts';
import { changePerson } from '../person.store.ts';
import { contactValue } from '../person.ts';

const FIELDS = ['name', 'born_in_year', 'phone', 'email', 'other'] as const;
type Field = (typeof FIELDS)[number];
const NAME_LENGTH = 60;

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
    demand(personPolicy, 'decide_correction', personRelations(ctx.actor, ''), { kind: 'correction', id: input.id });
    const correction = (await lockCorrection(ctx, input.id)) ?? notFound('correction', input.id);
    if (correction.person_id === ctx.actor.id || correction.person_id === ctx.actor.on_behalf_of_id)
      refuse('own_correction');
    if (correction.state !== 'asked') refuse('correction_settled');
    const { field, proposed, person_id } = correction;
    if (input.make) await makeCorrection(ctx, person_id, field as Field, proposed);
    await settleCorrection(ctx, input.id, input.make ? 'made' : 'refused', input.reason);
    record(ctx, 'correction.decided', { kind: 'person', id: person_id }, { field, made: input.make });
    return { id: input.id };
  },
});

/** Writes what was asked for. A phone or mailbox replaces those of its kind; “other” is for staff to do by hand. */
async function makeCorrection(ctx: Ctx, personId: string, field: Field, proposed: string): Promise<void> {
  const wrong = (code: string): never => refuse(code, {}, { field: 'proposed' });
  if (field === 'name') {
    if (proposed.length > NAME_LENGTH) refuse('too_long', { limit: NAME_LENGTH }, { field: 'proposed' });
    await changePerson(ctx, personId, { name: proposed });
  } else if (field === 'born_in_year') {
    const year = Number(proposed);
    if (!Number.isInteger(year) || year < 1890 || year > ctx.now.getUTCFullYear()) wrong('invalid_input');
    await changePerson(ctx, personId, { born_in_year: year });
  } else if (field === 'phone' || field === 'email') {
    const value = contactValue(field, proposed) ?? wrong(`${field}_invalid`);
    await endContacts(ctx, personId, field);
    await addContact(ctx, personId, field, value, true);
  }
}
