import { z } from 'zod';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { mayLookAfter } from '../care.policy.ts';
import { careOf, gridsOf } from '../care.store.ts';
import { consentsTold, guardiansOf } from '../consent.store.ts';
import { isGuarded } from '../consent.ts';
import { consentsByPurpose } from '../consents_by_purpose.ts';
import { leaveTracesOfList } from '../file_read.store.ts';
import { findPerson } from '../person.store.ts';

/**
 * What somebody agreed to and took back, for staff who may write it down: who gave it, how, when and to which text. Both
 * they and the guardians named are told; the same page within the hour is told once.
 */
export const show_consents = query({
  name: 'people.show_consents',
  reads: 'others',
  leaves_trace: true,
  input: z.object({ person_id: z.uuid(), reason: z.string().trim().min(2).max(300) }),
  async run(ctx, { person_id, reason }) {
    if (!mayLookAfter(ctx.actor, person_id, await gridsOf(ctx, person_id))) notFound('person', person_id);
    const person = await findPerson(ctx, person_id);
    const consents = await consentsTold(ctx, person_id);
    const guardians = await guardiansOf(ctx, person_id);
    const named = [...guardians.map((one) => one.id), ...consents.map((one) => one.given_by_id)];
    await leaveTracesOfList(ctx, [person_id], ['name_masked', 'consents'], reason);
    const others = named.filter((id) => id !== person_id);
    await leaveTracesOfList(ctx, others, ['name_masked'], reason);
    const standing = (await careOf(ctx, person_id)).filter((one) => !one.ended_at);
    const purposes = await consentsByPurpose(ctx, consents);
    return {
      ...{ person_id, name_masked: person.name_masked, guardians },
      needs_guardian: isGuarded(person.born_in_year, ctx.now.getUTCFullYear()),
      purposes: purposes.map(({ published, ...one }) => ({
        ...one,
        hangs: standing.filter((care) => one.consent && care.consent_id === one.consent.id).length,
        given: consents
          .filter((consent) => consent.purpose === one.purpose)
          .map((consent) => ({
            ...consent,
            texts: published.find((text) => text.version === consent.text_version)?.texts ?? null,
          })),
      })),
    };
  },
});
