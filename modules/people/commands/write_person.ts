import { z } from 'zod';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { record } from '#platform/event.ts';
import { allows } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { addContact } from '../contact.store.ts';
import { householdsOf } from '../household.store.ts';
import { personPolicy, personRelations } from '../people.policy.ts';
import { changePerson, findPerson, insertPerson, nameOf, type PersonChanges } from '../person.store.ts';

const name = z.string().trim().min(1).max(60);

/**
 * Staff write a resident down, or change what is written. People write their own name, until somebody has seen where
 * they live: from then on it is changed by a correction.
 */
export const write_person = command({
  name: 'people.write_person',
  input: z.object({
    id: z.uuid().optional(),
    expected_version: z.number().int().positive().optional(),
    name: name.optional(),
    public_name: name.nullable().optional(),
    born_in_year: z.number().int().min(1890).max(2100).nullable().optional(),
    languages: z
      .array(z.enum(['zh-CN', 'en']))
      .min(1)
      .max(2)
      .optional(),
    large_type: z.boolean().optional(),
    phone: z
      .string()
      .regex(/^\+\d{7,15}$/)
      .optional(),
  }),
  async run(ctx, { id: known, expected_version, phone, ...changes }) {
    const id = known ?? ctx.newId<'person'>();
    const relations = personRelations(ctx.actor, id);
    if (!allows(personPolicy, 'write', relations)) {
      if (!known || !allows(personPolicy, 'write_own', relations)) notFound('person', id);
      await demandOwnRight(ctx, id, changes);
    }
    if (changes.public_name !== undefined && !allows(personPolicy, 'name_staff', relations)) notFound('person', id);
    if (known) await change(ctx, known, changes, expected_version);
    else
      await insertPerson(ctx, {
        id,
        name: changes.name ?? refuse('required', {}, { field: 'name' }),
        public_name: changes.public_name ?? undefined,
        born_in_year: changes.born_in_year ?? undefined,
        languages: changes.languages,
      });
    if (phone) await addContact(ctx, id, 'phone', phone, ctx.actor.id !== id);
    const fields = Object.keys(changes);
    record(ctx, known ? 'person.changed' : 'person.written_down', { kind: 'person', id }, { fields });
    return { id };
  },
});

/** A name shown in public follows the name it is. */
async function change(ctx: Ctx, id: string, changes: PersonChanges, version?: number): Promise<void> {
  const person = await findPerson(ctx, id);
  const shows_name = person.public_name !== null && person.public_name === nameOf(ctx, person);
  const follows = shows_name && changes.name !== undefined && changes.public_name === undefined;
  await changePerson(ctx, id, { ...changes, ...(follows && { public_name: changes.name }) }, version);
}

async function demandOwnRight(ctx: Ctx, id: string, changes: PersonChanges): Promise<void> {
  if (changes.born_in_year !== undefined) notFound('person', id);
  if (changes.name === undefined) return;
  const doors = await householdsOf(ctx, id);
  if (doors.some((door) => door.verified_at)) refuse('name_was_checked', {}, { field: 'name' });
}
