import { z } from 'zod';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { allows } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { addContact, contactsOf, endContact, findContact } from '../contact.store.ts';
import { personPolicy, personRelations } from '../people.policy.ts';
import { findPerson } from '../person.store.ts';
import { contactValue } from '../person.ts';

const CONTACTS_LIMIT = 6;

/** A phone or mailbox of a person. What staff write counts as verified; what people write of themselves waits. */
export const add_contact = command({
  name: 'people.add_contact',
  input: z.object({ person_id: z.uuid(), kind: z.enum(['phone', 'email']), value: z.string().trim().min(1).max(120) }),
  async run(ctx, { person_id, kind, value: raw }) {
    const relations = personRelations(ctx.actor, person_id);
    const byStaff = allows(personPolicy, 'write', relations) && ctx.actor.id !== person_id;
    if (!byStaff && !allows(personPolicy, 'write_own', relations)) notFound('person', person_id);
    await findPerson(ctx, person_id);
    const value = contactValue(kind, raw) ?? refuse(`${kind}_invalid`, {}, { field: 'value' });
    const there = await contactsOf(ctx, person_id);
    if (there.length >= CONTACTS_LIMIT) refuse('too_many_contacts', { limit: CONTACTS_LIMIT }, { field: 'value' });
    const id = await addContact(ctx, person_id, kind, value, byStaff);
    record(ctx, 'contact.added', { kind: 'person', id: person_id }, { kind, verified: byStaff });
    return { id };
  },
});

/** A phone or mailbox no longer used. */
export const end_contact = command({
  name: 'people.end_contact',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const contact = (await findContact(ctx, id)) ?? notFound('contact_point', id);
    const relations = personRelations(ctx.actor, contact.person_id);
    if (!allows(personPolicy, 'write', relations) && !allows(personPolicy, 'write_own', relations))
      notFound('contact_point', id);
    await endContact(ctx, id);
    record(ctx, 'contact.ended', { kind: 'person', id: contact.person_id });
    return { id };
  },
});
