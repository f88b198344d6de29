import { z } from 'zod';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { notFound } from '#platform/refusal.ts';
import { addContact, personWithPhone } from '../contact.store.ts';
import { insertPerson, lockLogin, setLogin } from '../person.store.ts';

/**
 * A login comes to this community for the first time: it becomes the person whom staff wrote down with this phone, or
 * somebody new. Only the sign-in itself (the system) may say which login has which phone.
 */
export const welcome_person = command({
  name: 'people.welcome_person',
  input: z.object({ login_id: z.uuid(), phone: z.string().max(20).optional() }),
  async run(ctx, input) {
    if (ctx.actor.kind !== 'system') notFound('login', input.login_id);
    const there = await lockLogin(ctx, input.login_id);
    if (there) return { id: there };
    const known = input.phone ? await personWithPhone(ctx, input.phone, false) : undefined;
    if (known) {
      await setLogin(ctx, known, input.login_id);
      record(ctx, 'person.signed_in_first', { kind: 'person', id: known });
      return { id: known };
    }
    const id = ctx.newId<'person'>();
    await insertPerson(ctx, { id, name: '', login_id: input.login_id });
    if (input.phone) await addContact(ctx, id, 'phone', input.phone, true);
    record(ctx, 'person.welcomed', { kind: 'person', id });
    return { id };
  },
});
