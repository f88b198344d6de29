import { z } from 'zod';
import { ROLES } from '#platform/actor.ts';
import { command } from '#platform/command.ts';
import { databaseError, UNIQUE_VIOLATION } from '#platform/db.ts';
import { record } from '#platform/event.ts';
import { demand } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { personPolicy, personRelations } from '../people.policy.ts';
import { findPerson } from '../person.store.ts';
import { endGrant, findGrant, insertGrant, lockHolders, scopeExists } from '../role.store.ts';

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
    const { scope_kind, scope_id } = input;
    const isThere = scope_kind === 'community' ? !scope_id : scope_id && (await scopeExists(ctx, scope_kind, scope_id));
    if (!isThere) refuse('scope_invalid', {}, { field: 'scope_id' });
    const id = ctx.newId<'role_grant'>();
    try {
      await insertGrant(ctx, { id, ...input });
    } catch (error) {
      // One index holds a role once a person and scope, however many give it at the same time.
      if (databaseError(error)?.code === UNIQUE_VIOLATION) refuse('role_held', {}, { field: 'role' });
      throw error;
    }
    record(ctx, 'role.granted', { kind: 'person', id: input.person_id }, { role: input.role, scope_kind, scope_id });
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
    record(
      ctx,
      'role.ended',
      { kind: 'person', id: grant.person_id },
      { role: grant.role, scope_kind: grant.scope_kind, scope_id: grant.scope_id },
    );
    return { id: grant.id };
  },
});
