import type { Ctx } from '#platform/context.ts';
import { record } from '#platform/event.ts';
import { notify } from '#platform/notify.ts';
import { refuse } from '#platform/refusal.ts';
import { leaveTracesOfList } from './file_read.store.ts';
import { changeMember, householdsOf, insertMember, membersOf } from './household.store.ts';
import { type HouseholdRelation, verifiedFrom } from './household.ts';
import { changePerson, findPerson, nameFingerprint, nameOf } from './person.store.ts';
import {
  confirmersAt,
  insertDispute,
  lockResidences,
  namesakeAt,
  type Residence,
  takeOverRecords,
  verifiedOn,
} from './residence.store.ts';

/** Adults who may vote at an instant: one verified residence each. Ids alone; show them to nobody. */
export const verifiedResidentsOn = (ctx: Ctx, at: Date): Promise<string[]> => verifiedOn(ctx, at);

export const isVerifiedResident = async (ctx: Ctx, person_id: string, at: Date): Promise<boolean> =>
  (await verifiedOn(ctx, at, person_id)).length === 1;

/** True while the actor's own residence behind a door stands. */
export async function isAtHome(ctx: Ctx, household_id: string): Promise<boolean> {
  if (ctx.actor.kind !== 'person' || ctx.actor.on_behalf_of_id) return false;
  return (await lockResidences(ctx, ctx.actor.id)).some((one) => one.household_id === household_id && one.stands);
}

/** Refuses while another verified residence of theirs stands; one that has run out ends. */
export async function demandNoOther(ctx: Ctx, person_id: string, household_id: string): Promise<void> {
  for (const one of await lockResidences(ctx, person_id)) {
    if (one.household_id === household_id || !one.verified_at) continue;
    if (one.stands) refuse('residence_elsewhere', {}, { field: 'household_id' });
    await changeMember(ctx, one.id, { ended_at: ctx.now });
  }
}

/** Writes that a residence was seen, or was seen again; it stands for its time from now. */
export async function verifyMember(ctx: Ctx, member: Residence, verified_how: string): Promise<void> {
  await demandNoOther(ctx, member.person_id, member.household_id);
  const again = member.verified_at !== null;
  await changeMember(ctx, member.id, {
    verified_at: member.verified_at ?? ctx.now,
    verified_by_id: ctx.actor.id,
    verified_how,
    verified_until: verifiedFrom(ctx.now),
    ...{ revoked_at: null, revoked_by_id: null, revoked_reason: null },
  });
  const data = { household_id: member.household_id };
  record(ctx, again ? 'residence.renewed' : 'residence.verified', { kind: 'person', id: member.person_id }, data);
}

/** Takes a verification back; the membership stays, unseen, with the reason for the person to read. */
export async function revokeMember(ctx: Ctx, member: Residence, revoked_reason: string): Promise<void> {
  const change = { revoked_at: ctx.now, revoked_by_id: ctx.actor.id, revoked_reason };
  await changeMember(ctx, member.id, { verified_at: null, ...change });
  record(ctx, 'residence.revoked', { kind: 'person', id: member.person_id }, { household_id: member.household_id });
  await tell(ctx, [member.person_id], 'residence_revoked', member);
}

export type Claim = {
  person_id: string;
  household_id: string;
  relation: HouseholdRelation;
  name: string;
  born_in_year: number;
  /** True for whoever claims first by proof from the door; later ones wait for somebody who lives there. */
  is_first: boolean;
  verified_how: string;
};

export type ClaimOutcome = 'verified' | 'waiting' | 'disputed';

/**
 * Somebody claims to live behind a door, with proof that came from it. The first is verified; others wait until one of
 * the door says so. Somebody else of that name with a sign-in of their own is a dispute for the desk; somebody of that
 * name whom staff only wrote down is the same person, and what was written goes to them.
 */
export async function claimResidence(ctx: Ctx, claim: Claim): Promise<ClaimOutcome> {
  const { person_id, household_id } = claim;
  await demandNoOther(ctx, person_id, household_id);
  await writeSelf(ctx, claim);
  const there = (await lockResidences(ctx, person_id)).find((one) => one.household_id === household_id);
  const member = there ?? (await join(ctx, claim));
  const namesake = await namesakeAt(ctx, household_id, nameFingerprint(ctx, claim.name), person_id);
  if (namesake?.has_login) {
    await dispute(ctx, member, 'identity', namesake.person_id);
    return 'disputed';
  }
  if (!claim.is_first) {
    await tell(ctx, await confirmersAt(ctx, household_id, person_id), 'residence_waiting', member);
    return 'waiting';
  }
  if (namesake) {
    await changeMember(ctx, namesake.member_id, { ended_at: ctx.now });
    await takeOverRecords(ctx, namesake.person_id, person_id);
  }
  await verifyMember(ctx, member, claim.verified_how);
  await tell(ctx, await confirmersAt(ctx, household_id, person_id), 'residence_joined', member);
  return 'verified';
}

/** The name and year of whoever claims, where they were not written down; what staff have checked stays. */
async function writeSelf(ctx: Ctx, claim: Claim): Promise<void> {
  const person = await findPerson(ctx, claim.person_id);
  const name = nameOf(ctx, person);
  await changePerson(ctx, person.id, {
    ...(name === '' && { name: claim.name }),
    ...(person.born_in_year === null && { born_in_year: claim.born_in_year }),
  });
}

async function join(ctx: Ctx, { person_id, household_id, relation }: Claim): Promise<Residence> {
  const id = ctx.newId<'household_member'>();
  await insertMember(ctx, { id, household_id, person_id, relation, verified_how: null });
  record(ctx, 'household.joined', { kind: 'household', id: household_id }, { person_id, verified: false });
  return { id, household_id, person_id, verified_at: null };
}

export async function dispute(
  ctx: Ctx,
  member: Residence,
  kind: 'place' | 'identity',
  other_id: string,
): Promise<void> {
  const id = ctx.newId<'residence_dispute'>();
  const { household_id, person_id: claimant_id } = member;
  await insertDispute(ctx, { id, kind, household_id, member_id: member.id, claimant_id, other_id });
  record(ctx, 'residence.disputed', { kind: 'residence_dispute', id }, { kind });
}

async function tell(ctx: Ctx, people: string[], template: string, member: Residence): Promise<void> {
  const subject = { kind: 'household', id: member.household_id };
  for (const person_id of people) await notify(ctx, { person_id, template, vars: {}, subject }, ctx.command_id);
}

/** For what belongs to a door: telling everybody of it that it was read, and the doors where somebody's residence stands. */
export const whoLivesAt = {
  async tell(ctx: Ctx, household_ids: string[], fields: string[], reason: string): Promise<void> {
    const people = (await membersOf(ctx, [...new Set(household_ids)])).map((one) => one.person_id);
    await leaveTracesOfList(ctx, people, fields, reason);
  },
  async homesOf(ctx: Ctx, person_id: string): Promise<string[]> {
    return (await householdsOf(ctx, person_id)).filter((door) => door.verified_at).map((door) => door.household_id);
  },
};
