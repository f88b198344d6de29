import { z } from 'zod';
import { principalOf } from '#platform/actor.ts';
import { command } from '#platform/command.ts';
import { databaseError, UNIQUE_VIOLATION } from '#platform/db.ts';
import { record } from '#platform/event.ts';
import { allows } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { personWithPhone } from '../contact.store.ts';
import { personPolicy, personRelations } from '../people.policy.ts';
import { findPerson } from '../person.store.ts';
import { changeProxy, findProxy, insertProxy } from '../proxy.store.ts';

const relation = z.enum(['child', 'parent', 'spouse', 'relative', 'carer', 'guardian']);

/**
 * A family member asks to act for somebody, named by their phone; that person agrees on their own phone. For an elder
 * without one, staff record how agreement was given.
 */
export const ask_for_proxy = command({
  name: 'people.ask_for_proxy',
  input: z.object({
    subject_phone: z.string().max(20).optional(),
    subject_id: z.uuid().optional(),
    proxy_id: z.uuid().optional(),
    proxy_phone: z.string().max(20).optional(),
    relation,
    agreed_how: z.string().trim().max(300).optional(),
  }),
  async run(ctx, input) {
    if (ctx.actor.kind !== 'person') refuse('sign_in_first');
    const byStaff = allows(personPolicy, 'record_proxy', personRelations(ctx.actor, ''));
    if (!byStaff && (input.agreed_how || input.proxy_id || input.proxy_phone || input.subject_id)) refuse('staff_only');
    const subject_id = input.subject_id ?? (await personWithPhone(ctx, input.subject_phone ?? '', true));
    if (!subject_id) refuse('person_unknown', {}, { field: 'subject_phone' });
    await findPerson(ctx, subject_id);
    const byPhone = input.proxy_phone ? await personWithPhone(ctx, input.proxy_phone, true) : undefined;
    if (input.proxy_phone && !byPhone) refuse('person_unknown', {}, { field: 'proxy_phone' });
    const proxy_id = input.proxy_id ?? byPhone ?? ctx.actor.id;
    if (proxy_id === subject_id) refuse('proxy_self', {}, { field: 'subject_phone' });
    // Whoever asks cannot say that it was agreed to: staff write it down for others.
    if (input.agreed_how && proxy_id === ctx.actor.id) refuse('own_proxy', {}, { field: 'agreed_how' });
    await findPerson(ctx, proxy_id);
    const id = ctx.newId<'proxy'>();
    try {
      await insertProxy(ctx, {
        id,
        subject_id,
        proxy_id,
        relation: input.relation,
        agreed_how: input.agreed_how || null,
      });
    } catch (error) {
      if (databaseError(error)?.code === UNIQUE_VIOLATION) refuse('proxy_asked', {}, { field: 'subject_phone' });
      throw error;
    }
    record(ctx, 'proxy.asked', { kind: 'person', id: subject_id }, { proxy_id });
    return { id };
  },
});

export const agree_to_proxy = command({
  name: 'people.agree_to_proxy',
  input: z.object({ id: z.uuid() }),
  async run(ctx, input) {
    const proxy = await findProxy(ctx, input.id);
    // Only the subject themselves: nobody agrees for another to being acted for.
    if (!proxy || proxy.ended_at || proxy.subject_id !== ctx.actor.id || ctx.actor.on_behalf_of_id)
      notFound('proxy', input.id);
    if (proxy.agreed_at) return { id: proxy.id };
    await changeProxy(ctx, proxy.id, { agreed_at: ctx.now, agreed_how: 'people.agreed.own_sign_in' });
    record(ctx, 'proxy.agreed', { kind: 'person', id: proxy.subject_id }, { proxy_id: proxy.proxy_id });
    return { id: proxy.id };
  },
});

export const end_proxy = command({
  name: 'people.end_proxy',
  input: z.object({ id: z.uuid() }),
  async run(ctx, input) {
    const proxy = await findProxy(ctx, input.id);
    const isParty = proxy && [proxy.subject_id, proxy.proxy_id].includes(principalOf(ctx.actor));
    const byStaff = allows(personPolicy, 'record_proxy', personRelations(ctx.actor, ''));
    if (!proxy || proxy.ended_at || !(isParty || byStaff)) notFound('proxy', input.id);
    await changeProxy(ctx, proxy.id, { ended_at: ctx.now });
    record(ctx, 'proxy.ended', { kind: 'person', id: proxy.subject_id }, { proxy_id: proxy.proxy_id });
    return { id: proxy.id };
  },
});
