import type { Ctx } from '#platform/context.ts';
import { record } from '#platform/event.ts';
import { refuse } from '#platform/refusal.ts';
import { careOnConsent, endCare, hangCareOn } from './care.store.ts';
import { endConsent, inForce, insertConsent, isGuardianOf, lockConsent } from './consent.store.ts';
import { type GivenHow, isGuarded, type Purpose } from './consent.ts';
import { findPerson } from './person.store.ts';

type Given = {
  person_id: string;
  purpose: Purpose;
  given_how: GivenHow;
  /** Who says it where the person does not decide alone: a guardian whom staff know of. */
  guardian_id?: string;
  /** The version that was read; without it the one in force, which staff read out. */
  text_version?: number;
};

/**
 * Writes a consent down: of the person, or of their guardian where they are younger than fourteen. One that stands on the
 * same text stays; one on an older text is withdrawn for the new one.
 */
export async function recordConsent(ctx: Ctx, given: Given): Promise<string> {
  const { person_id, purpose, guardian_id } = given;
  const person = await findPerson(ctx, person_id);
  if (guardian_id && !(await isGuardianOf(ctx, guardian_id, person_id)))
    refuse('guardian_unknown', {}, { field: 'guardian_id' });
  if (!guardian_id && isGuarded(person.born_in_year, ctx.now.getUTCFullYear()))
    refuse('guardian_first', {}, { field: 'guardian_id' });
  const { version } = await inForce(ctx, purpose);
  if (given.text_version !== undefined && given.text_version !== version)
    refuse('text_changed', {}, { field: 'purpose' });
  const there = await lockConsent(ctx, person_id, purpose);
  if (there?.text_version === version) return there.id;
  const id = ctx.newId<'consent'>();
  if (there) await endConsent(ctx, there.id);
  await insertConsent(ctx, {
    ...{ id, person_id, purpose, text_version: version },
    given_by_id: guardian_id ?? person_id,
    given_how: given.given_how,
  });
  if (there) await hangCareOn(ctx, there.id, id);
  record(ctx, 'consent.given', { kind: 'person', id: person_id }, { purpose, version });
  return id;
}

/** Withdraws a consent and ends what hung on it, at once. Withdrawing what does not stand changes nothing. */
export async function takeBackConsent(ctx: Ctx, person_id: string, purpose: Purpose): Promise<void> {
  const consent = await lockConsent(ctx, person_id, purpose);
  if (!consent) return;
  await endConsent(ctx, consent.id);
  const care = await careOnConsent(ctx, consent.id);
  await endCare(ctx, care, 'withdrawn');
  record(ctx, 'consent.withdrawn', { kind: 'person', id: person_id }, { purpose, ended_care: care.length });
}
