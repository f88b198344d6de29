import { z } from 'zod';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { demand } from '#platform/policy.ts';
import { personPolicy, personRelations } from '../people.policy.ts';
import { addContact, changePerson, findPerson, insertPerson } from '../person.store.ts';

const name = z.string().trim().min(1).max(60);

/** Staff write a resident down, or change what is written; people change their own name and preferences. */
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
      .optional(),
    large_type: z.boolean().optional(),
    phone: z
      .string()
      .regex(/^\+\d{7,15}$/)
      .optional(),
  }),
  async run(ctx, { id: known, expected_version, phone, ...changes }) {
    const id = known ?? ctx.newId<'person'>();
    demand(personPolicy, 'write', personRelations(ctx.actor, id), { kind: 'person', id });
    if (known) {
      await findPerson(ctx, known);
      await changePerson(ctx, known, changes, expected_version);
    } else {
      const { name = '', public_name, born_in_year } = changes;
      await insertPerson(ctx, {
        id,
        name,
        public_name: public_name ?? undefined,
        born_in_year: born_in_year ?? undefined,
      });
    }
    if (phone) await addContact(ctx, id, 'phone', phone, !known);
    record(
      ctx,
      known ? 'person.changed' : 'person.written_down',
      { kind: 'person', id },
      { fields: Object.keys(changes) },
    );
    return { id };
  },
});
