import { z } from 'zod';
import { principalOf } from '#platform/actor.ts';
import type { Ctx } from '#platform/context.ts';
import { open } from '#platform/crypto.ts';
import { demand } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { refuse } from '#platform/refusal.ts';
import { careOf } from '../care.store.ts';
import { consentsOf } from '../consent.store.ts';
import { contactsOf } from '../contact.store.ts';
import { correctionsOf } from '../correction.store.ts';
import { leaveTraces, readsOf } from '../file_read.store.ts';
import { householdsOf } from '../household.store.ts';
import { personPolicy, personRelations } from '../people.policy.ts';
import { findPerson, nameOf } from '../person.store.ts';
import { sealedPlace } from '../person.ts';
import { proxiesOf } from '../proxy.store.ts';
import { tombstonesOf } from '../retention.store.ts';
import { grantsOf } from '../role.store.ts';

const READS_SHOWN = 500;

/**
 * Everything recorded about me, and who read it. A family proxy may read it too, which is told in it; staff who act for
 * somebody may not. Requests and notices are added by the page from where they are kept.
 */
export const my_file = query({
  name: 'people.my_file',
  reads: 'own',
  leaves_trace: true,
  input: z.object({}),
  async run(ctx: Ctx) {
    if (ctx.actor.kind !== 'person') refuse('sign_in_first');
    const me = principalOf(ctx.actor);
    demand(personPolicy, 'read_own_file', personRelations(ctx.actor, me), { kind: 'person', id: me });
    if (ctx.actor.on_behalf_of_id) await leaveTraces(ctx, [me], ['file'], 'people.reasons.proxy');
    const person = await findPerson(ctx, me);
    const contacts = await contactsOf(ctx, me);
    return {
      id: person.id,
      name: nameOf(ctx, person),
      public_name: person.public_name,
      born_in_year: person.born_in_year,
      languages: person.languages,
      large_type: person.large_type,
      recorded_at: person.created_at,
      version: person.version,
      contacts: contacts.map(({ id, kind, value_sealed, verified_at, created_at }) => ({
        ...{ id, kind, verified_at, created_at },
        value: open(ctx.keys, sealedPlace.contact(id), value_sealed),
      })),
      households: await householdsOf(ctx, me),
      proxies: await proxiesOf(ctx, me),
      roles: await grantsOf(ctx, me),
      care: await careOf(ctx, me),
      consents: await consentsOf(ctx, me),
      deleted: await tombstonesOf(ctx, me),
      corrections: await correctionsOf(ctx, me),
      reads: await readsOf(ctx, me, READS_SHOWN),
    };
  },
});
