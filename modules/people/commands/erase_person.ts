import { z } from 'zod';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { demand } from '#platform/policy.ts';
import { refuse } from '#platform/refusal.ts';
import { personPolicy, personRelations } from '../people.policy.ts';
import { findPerson } from '../person.store.ts';
import { deleteDueCare, eraseRows, insertTombstones, wipeEndedContacts } from '../retention.store.ts';
import { grantsOf } from '../role.store.ts';

/**
 * Erases me: name, contacts, homes, circumstances, family, sign-in. What has to stay (see `what_is_kept`) stays under a
 * number that leads to nobody. Only by oneself; whoever holds a post leaves it first.
 */
export const erase_me = command({
  name: 'people.erase_me',
  input: z.object({ understood: z.literal(true) }),
  async run(ctx) {
    if (ctx.actor.kind !== 'person' || ctx.actor.on_behalf_of_id) refuse('sign_in_first');
    const me = ctx.actor.id;
    await findPerson(ctx, me);
    if ((await grantsOf(ctx, me)).length > 0) refuse('role_first');
    await eraseRows(ctx, me);
    record(ctx, 'person.erased', { kind: 'person', id: me });
    return { id: me };
  },
});

/** Deletes what is due by now and leaves a tombstone for each; repeat it until it answers 0. A daily job does. */
export const delete_due = command({
  name: 'people.delete_due',
  input: z.object({ limit: z.number().int().min(1).max(5_000).default(1_000) }),
  async run(ctx, { limit }) {
    demand(personPolicy, 'delete_due', personRelations(ctx.actor, ''), { kind: 'people', id: ctx.community.id });
    const care = await deleteDueCare(ctx, limit);
    const contacts = await wipeEndedContacts(ctx, limit);
    await insertTombstones(ctx, 'care_circumstance', care);
    await insertTombstones(ctx, 'contact_point', contacts);
    const deleted = care.length + contacts.length;
    if (deleted > 0) record(ctx, 'records.deleted', { kind: 'community', id: ctx.community.id }, { deleted });
    return { deleted };
  },
});
