import { z } from 'zod';
import { command } from '#platform/command.ts';
import { databaseError, UNIQUE_VIOLATION } from '#platform/db.ts';
import { record } from '#platform/event.ts';
import { allows } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { changeMember, householdExists, householdsOf, insertMember, lockMember } from '../household.store.ts';
import { HOUSEHOLD_RELATIONS } from '../household.ts';
import { personPolicy, personRelations } from '../people.policy.ts';
import { findPerson } from '../person.store.ts';
import { demandNoOther, revokeMember, verifyMember } from '../residence.ts';

const how = z.string().trim().min(2).max(200);

/**
 * Somebody lives behind a door. People say it of themselves, one door at a time until staff have seen it; staff say it
 * of anybody, and how they saw it.
 */
export const join_household = command({
  name: 'people.join_household',
  input: z.object({
    household_id: z.uuid(),
    person_id: z.uuid(),
    relation: z.enum(HOUSEHOLD_RELATIONS).default('member'),
    verified_how: how.optional(),
  }),
  async run(ctx, { household_id, person_id, relation, verified_how }) {
    const relations = personRelations(ctx.actor, person_id);
    const byStaff = allows(personPolicy, 'record_residence', relations) && ctx.actor.id !== person_id;
    if (!byStaff && !allows(personPolicy, 'write_own', relations)) notFound('person', person_id);
    await findPerson(ctx, person_id);
    if (!(await householdExists(ctx, household_id))) notFound('household', household_id);
    if (!byStaff) {
      if (verified_how) refuse('staff_only', {}, { field: 'verified_how' });
      const waiting = (await householdsOf(ctx, person_id)).some((door) => !door.verified_at);
      if (waiting) refuse('residence_waiting', {}, { field: 'household_id' });
    }
    if (verified_how) await demandNoOther(ctx, person_id, household_id);
    const id = ctx.newId<'household_member'>();
    try {
      await insertMember(ctx, { id, household_id, person_id, relation, verified_how: verified_how ?? null });
    } catch (error) {
      if (databaseError(error)?.code === UNIQUE_VIOLATION) refuse('lives_there', {}, { field: 'household_id' });
      throw error;
    }
    record(ctx, 'household.joined', { kind: 'household', id: household_id }, { person_id, verified: !!verified_how });
    return { id };
  },
});

/** Somebody no longer lives there. The row stays, with its end. */
export const leave_household = command({
  name: 'people.leave_household',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const member = (await lockMember(ctx, id)) ?? notFound('household_member', id);
    const relations = personRelations(ctx.actor, member.person_id);
    const may = allows(personPolicy, 'record_residence', relations) || allows(personPolicy, 'write_own', relations);
    if (!may) notFound('household_member', id);
    await changeMember(ctx, id, { ended_at: ctx.now });
    record(ctx, 'household.left', { kind: 'household', id: member.household_id }, { person_id: member.person_id });
    return { id };
  },
});

/**
 * Staff saw that somebody lives there, and say how: a letter brought, a document shown, at a knock. Seen again, it stands
 * anew. Never of themselves.
 */
export const verify_residence = command({
  name: 'people.verify_residence',
  input: z.object({ id: z.uuid(), how }),
  async run(ctx, input) {
    const member = await lockMember(ctx, input.id);
    const relations = personRelations(ctx.actor, member?.person_id ?? '');
    if (!member || !allows(personPolicy, 'record_residence', relations)) notFound('household_member', input.id);
    if (member.person_id === ctx.actor.id) refuse('own_residence');
    await verifyMember(ctx, member, input.how);
    return { id: member.id };
  },
});

/** Staff take back that somebody's residence was seen, with a reason that the person reads. */
export const revoke_residence = command({
  name: 'people.revoke_residence',
  input: z.object({ id: z.uuid(), reason: z.string().trim().min(2).max(300) }),
  async run(ctx, { id, reason }) {
    const member = await lockMember(ctx, id);
    const relations = personRelations(ctx.actor, member?.person_id ?? '');
    if (!member?.verified_at || !allows(personPolicy, 'settle_dispute', relations)) notFound('household_member', id);
    await revokeMember(ctx, member, reason);
    return { id };
  },
});
