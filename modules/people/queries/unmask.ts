import { z } from 'zod';
import { open } from '#platform/crypto.ts';
import { demand } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { contactsOf } from '../contact.store.ts';
import { leaveTraces } from '../file_read.store.ts';
import { personPolicy, personRelations } from '../people.policy.ts';
import { findPerson, nameOf } from '../person.store.ts';
import { sealedPlace } from '../person.ts';

/** Shows a name and contact points in full, for a reason that their owner can read. No trace, no answer. */
export const unmask = query({
  name: 'people.unmask',
  reads: 'others',
  leaves_trace: true,
  input: z.object({ person_id: z.uuid(), reason: z.string().trim().min(2).max(300) }),
  async run(ctx, input) {
    demand(personPolicy, 'unmask', personRelations(ctx.actor, ''), { kind: 'person', id: input.person_id });
    const person = await findPerson(ctx, input.person_id);
    const contacts = await contactsOf(ctx, person.id);
    await leaveTraces(ctx, [person.id], ['name', 'contact_points'], input.reason);
    return {
      id: person.id,
      name: nameOf(ctx, person),
      contacts: contacts.map((contact) => ({
        id: contact.id,
        kind: contact.kind,
        value: open(ctx.keys, sealedPlace.contact(contact.id), contact.value_sealed),
      })),
    };
  },
});
