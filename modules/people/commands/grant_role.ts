import { z } from 'zod';
import { ROLES } from '#platform/actor.ts';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { demand } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { personPolicy, personRelations } from '../people.policy.ts';
import { findPerson } from '../person.store.ts';
import { endGrant, findGrant, grantsOf, insertGrant, lockHolders } from '../role.store.ts';

/** An administrator gives somebody a role, everywhere or in one grid or organisation. */
export const grant_role = command({
  name: 'people.grant_role',
  input: z.object({
    person_id: z.uuid(),
    role: z.enum(ROLES),
    scope_kind: z.enum(['community', 'grid', 'organisation']).default('community'),
    scope_id: z.uuid().nullable().default(null),
  }),
  async run(ctx, input) {
    demand(personPolicy, 'grant_role', personRelations(ctx.actor, input.person_id), {
      kind: 'person',
      id: input.person_id,
    });
    await findPerson(ctx, input.person_id);
    if ((input.scope_kind === 'community') !== (input.scope_id === null))
      refuse('scope_invalid', {}, { field: 'scope_id' });
    await lockHolders(ctx, input.role);
    const held = await grantsOf(ctx, input.person_id);
    if (held.some((grant) => grant.role === input.role && grant.scope_id === input.scope_id))
      refuse('role_held', {}, { field: 'role' });
    const id = ctx.newId<'role_grant'>();
    await insertGrant(ctx, { id, ...input });
    record(
      ctx,
      'role.granted',
      { kind: 'person', id: input.person_id },
      { role: input.role, scope_kind: input.scope_kind, scope_id: input.scope_id },
    );
    return { id };
  },
});

/** Ends a role. The last administrator stays until there is another. */
export const end_role = command({
  name: 'people.end_role',
  input: z.object({ id: z.uuid() }),
  async run(ctx, input) {
    demand(personPolicy, 'grant_role', personRelations(ctx.actor, ''), { kind: 'role_grant', id: input.id });
    const grant = (await findGrant(ctx, input.id)) ?? notFound('role_grant', input.id);
    const holders = await lockHolders(ctx, grant.role);
    if (!holders.some((holder) => holder.id === grant.id)) notFound('role_grant', input.id);
    if (grant.role === 'administrator' && holders.length === 1) refuse('last_administrator');
    await endGrant(ctx, grant.id);
    record(ctx, 'role.ended', { kind: 'person', id: grant.person_id }, { role: grant.role });
    return { id: grant.id };
  },
});
