import { z } from 'zod';
import { principalOf } from '#platform/actor.ts';
import { demand } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { careOf } from '../care.store.ts';
import { consentsTold, isGuardianOf } from '../consent.store.ts';
import { isGuarded } from '../consent.ts';
import { consentsByPurpose } from '../consents_by_purpose.ts';
import { leaveTraces } from '../file_read.store.ts';
import { personPolicy, personRelations } from '../people.policy.ts';
import { findPerson } from '../person.store.ts';

/**
 * Every purpose with its text in force, whether it is agreed to and what hangs on it: mine, or a child's for its guardian
 * (which is told). Without published texts the first one of the locales holds.
 */
export const my_consents = query({
  name: 'people.my_consents',
  reads: 'own',
  leaves_trace: true,
  input: z.object({ person_id: z.uuid().optional() }),
  async run(ctx, input) {
    if (ctx.actor.kind !== 'person') refuse('sign_in_first');
    const id = input.person_id ?? principalOf(ctx.actor);
    const guardian = id !== ctx.actor.id && (await isGuardianOf(ctx, ctx.actor.id, id));
    if (!guardian) demand(personPolicy, 'read_own_file', personRelations(ctx.actor, id), { kind: 'person', id });
    if (id !== ctx.actor.id) await leaveTraces(ctx, [id], ['consents'], 'people.reasons.proxy');
    const person = await findPerson(ctx, id).catch(() => notFound('person', id));
    const care = await careOf(ctx, id);
    const purposes = await consentsByPurpose(ctx, await consentsTold(ctx, id));
    const needs_guardian = isGuarded(person.born_in_year, ctx.now.getUTCFullYear());
    return {
      person_id: id,
      name_masked: person.name_masked,
      is_mine: id === ctx.actor.id,
      guardian,
      needs_guardian,
      purposes: purposes.map(({ purpose, version, texts, consent, is_newer }) => ({
        ...{ purpose, version, texts, is_newer },
        agreed_at: consent?.given_at ?? null,
        given_how: consent?.given_how ?? null,
        recorded_by: consent?.recorded_by ?? null,
        care: care
          .filter((one) => one.purpose === purpose && !one.ended_at)
          .map(({ id: care_id, kind, expires_on }) => ({ id: care_id, kind, expires_on })),
      })),
    };
  },
});
