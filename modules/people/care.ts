import { dateIn } from '#platform/clock.ts';
import type { Ctx } from '#platform/context.ts';
import { refuse } from '#platform/refusal.ts';
import { sightOf } from './care.policy.ts';
import { type CareWhere, standingCare } from './care.store.ts';
import type { CareCircumstance } from './care_circumstance.ts';
import { inForce, lockConsent } from './consent.store.ts';
import type { CarePurpose, GivenHow } from './consent.ts';
import { leaveTracesOfList } from './file_read.store.ts';
import { recordConsent } from './give.ts';

export const today = (ctx: Ctx) => dateIn(ctx.community.time_zone, ctx.now);

/**
 * The circumstances that stand today at doors, as far as the actor may see them; notes are not in it. To reckon what is due
 * from it is no reading: whoever shows a door with its reason calls `leaveCareTraces` for what is shown, in the same
 * transaction.
 */
export function careAtDoors(
  ctx: Ctx,
  where: Partial<Pick<CareWhere, 'purpose' | 'grid_ids' | 'household_ids' | 'kinds' | 'on'>> = {},
): Promise<CareCircumstance[]> {
  return standingCare(ctx, { purpose: 'care_visits', on: today(ctx), ...where, sight: sightOf(ctx.actor) });
}

/** Tells everybody whose circumstance is shown who saw it and why; the same list within the hour is told once. */
export function leaveCareTraces(ctx: Ctx, shown: readonly { person_id: string }[], reason: string): Promise<void> {
  return leaveTracesOfList(
    ctx,
    shown.map((one) => one.person_id),
    ['care'],
    reason,
  );
}

/** The basis of a circumstance: a named ground of law, else a consent that counts, given now to staff or before. */
export async function basisOf(
  ctx: Ctx,
  person_id: string,
  purpose: CarePurpose,
  by: { legal_ground?: string; consent_how?: GivenHow; guardian_id?: string },
): Promise<{ consent_id: string | null; legal_ground: string | null }> {
  if (by.legal_ground) return { consent_id: null, legal_ground: by.legal_ground };
  if (by.consent_how)
    return {
      consent_id: await recordConsent(ctx, {
        person_id,
        purpose,
        given_how: by.consent_how,
        guardian_id: by.guardian_id,
      }),
      legal_ground: null,
    };
  const [consent, text] = [await lockConsent(ctx, person_id, purpose), await inForce(ctx, purpose)];
  if (!consent || consent.text_version < text.oldest_counting) refuse('consent_first', {}, { field: 'consent_how' });
  return { consent_id: consent.id, legal_ground: null };
}
