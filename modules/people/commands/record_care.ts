import { z } from 'zod';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { databaseError, UNIQUE_VIOLATION } from '#platform/db.ts';
import { record } from '#platform/event.ts';
import { demand } from '#platform/policy.ts';
import { refuse } from '#platform/refusal.ts';
import { carePolicy, careRelations } from '../care.policy.ts';
import { changeCare, endCare, gridsOf, insertCare, lockCare } from '../care.store.ts';
import { basisOf, today } from '../care.ts';
import { CHOSEN_END_REASONS, LEGAL_GROUNDS, SEEN_BY, usualExpiry, wrongExpiry } from '../care_circumstance.ts';
import { careKindExists } from '../care_kind.store.ts';
import { CARE_PURPOSES, type GivenHow, SAID_TO_STAFF } from '../consent.ts';
import { findPerson } from '../person.store.ts';

const basis = {
  legal_ground: z.enum(Object.keys(LEGAL_GROUNDS) as (keyof typeof LEGAL_GROUNDS)[]).optional(),
  consent_how: z.enum(SAID_TO_STAFF).optional(),
  guardian_id: z.uuid().optional(),
};
const note = z.string().trim().max(2000);
type Basis = { legal_ground?: string; consent_how?: GivenHow; guardian_id?: string };

async function demandCare(ctx: Ctx, person_id: string, by: Basis): Promise<void> {
  const relations = careRelations(ctx.actor, person_id, await gridsOf(ctx, person_id));
  demand(carePolicy, 'record_care', relations, { kind: 'person', id: person_id });
  // People speak of themselves by their own consent; neither ground of law nor what “was said” is theirs to write.
  if (ctx.actor.id === person_id && (by.legal_ground || by.consent_how)) refuse('staff_only');
}

function demandExpiry(ctx: Ctx, expires_on: string): string {
  const wrong = wrongExpiry(expires_on, today(ctx));
  if (wrong) refuse(wrong, {}, { field: 'expires_on' });
  return expires_on;
}

/** Somebody is to be looked after: why, on which basis, who may see it and until when. The note is sealed. */
export const record_care = command({
  name: 'people.record_care',
  input: z.object({
    person_id: z.uuid(),
    kind: z.string().max(60),
    purpose: z.enum(CARE_PURPOSES).default('care_visits'),
    ...basis,
    seen_by: z.array(z.enum(SEEN_BY)).min(1).default(['grid_worker', 'desk_officer']),
    expires_on: z.iso.date().optional(),
    note: note.optional(),
  }),
  async run(ctx, input) {
    const { person_id, kind, purpose } = input;
    await demandCare(ctx, person_id, input);
    await findPerson(ctx, person_id);
    if (!(await careKindExists(ctx, kind))) refuse('invalid_choice', {}, { field: 'kind' });
    const started_on = today(ctx);
    const expires_on = demandExpiry(ctx, input.expires_on ?? usualExpiry(kind, started_on));
    const id = ctx.newId<'care_circumstance'>();
    const on = await basisOf(ctx, person_id, purpose, input);
    const seen_by = [...new Set(input.seen_by)];
    try {
      await insertCare(ctx, {
        id,
        person_id,
        kind,
        purpose,
        seen_by,
        started_on,
        expires_on,
        ...on,
        note: input.note || null,
      });
    } catch (error) {
      if (databaseError(error)?.code === UNIQUE_VIOLATION) refuse('care_there', {}, { field: 'kind' });
      throw error;
    }
    // What it is stays out of the journal: that there is one is said, not which.
    record(ctx, 'care.recorded', { kind: 'person', id: person_id }, { care_circumstance_id: id, expires_on });
    return { id, expires_on };
  },
});

/** It is still so: asked again, on a basis that counts today, until a later date. */
export const renew_care = command({
  name: 'people.renew_care',
  input: z.object({ id: z.uuid(), ...basis, expires_on: z.iso.date().optional(), note: note.optional() }),
  async run(ctx, input) {
    const care = await lockCare(ctx, input.id);
    await demandCare(ctx, care.person_id, input);
    if (!(await careKindExists(ctx, care.kind))) refuse('care_kind_unused', {}, { field: 'kind' });
    const expires_on = demandExpiry(ctx, input.expires_on ?? usualExpiry(care.kind, today(ctx)));
    const legal_ground = input.legal_ground ?? (input.consent_how ? undefined : (care.legal_ground ?? undefined));
    const on = await basisOf(ctx, care.person_id, care.purpose, { ...input, legal_ground });
    await changeCare(ctx, care.id, { expires_on, ...on, note: input.note });
    record(ctx, 'care.renewed', { kind: 'person', id: care.person_id }, { care_circumstance_id: care.id, expires_on });
    return { id: care.id, expires_on };
  },
});

/** It is no longer so, or was never. Nothing is shown of it from now on; the retention job deletes it. */
export const end_care = command({
  name: 'people.end_care',
  input: z.object({ id: z.uuid(), reason: z.enum(CHOSEN_END_REASONS) }),
  async run(ctx, { id, reason }) {
    const care = await lockCare(ctx, id);
    await demandCare(ctx, care.person_id, {});
    await endCare(ctx, [care.id], reason);
    record(ctx, 'care.ended', { kind: 'person', id: care.person_id }, { care_circumstance_id: care.id, reason });
    return { id };
  },
});
