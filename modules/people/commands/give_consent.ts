import { z } from 'zod';
import { principalOf } from '#platform/actor.ts';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { record } from '#platform/event.ts';
import { demand } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { carePolicy, careRelations, mayLookAfter } from '../care.policy.ts';
import { gridsOf } from '../care.store.ts';
import { inForce, insertText, isGuardianOf } from '../consent.store.ts';
import { PURPOSES, SAID_TO_STAFF } from '../consent.ts';
import { recordConsent, takeBackConsent } from '../give.ts';

const purpose = z.enum(PURPOSES);

/** How the actor stands to somebody's consents; a guardian is an agreed proxy of that relation. */
async function relationsTo(ctx: Ctx, person_id: string): Promise<Set<string>> {
  const relations = careRelations(ctx.actor, person_id, await gridsOf(ctx, person_id));
  if (ctx.actor.kind === 'person' && (await isGuardianOf(ctx, ctx.actor.id, person_id))) relations.add('guardian');
  return relations;
}

/** I agree to one purpose, having read the text in that version; a guardian agrees for a child. */
export const give_consent = command({
  name: 'people.give_consent',
  input: z.object({ person_id: z.uuid().optional(), purpose, text_version: z.number().int().positive() }),
  async run(ctx, input) {
    if (ctx.actor.kind !== 'person') refuse('sign_in_first');
    const person_id = input.person_id ?? principalOf(ctx.actor);
    const relations = await relationsTo(ctx, person_id);
    demand(carePolicy, 'give_consent', relations, { kind: 'person', id: person_id });
    const guardian = relations.has('guardian') && !relations.has('self');
    const id = await recordConsent(ctx, {
      ...{ person_id, purpose: input.purpose, text_version: input.text_version },
      given_how: guardian ? 'guardian' : 'own_sign_in',
      guardian_id: guardian ? ctx.actor.id : undefined,
    });
    return { id };
  },
});

/** Staff write down what somebody agreed to, how they said so and to which text. Never for themselves. */
export const record_consent = command({
  name: 'people.record_consent',
  input: z.object({
    person_id: z.uuid(),
    purpose,
    given_how: z.enum(SAID_TO_STAFF),
    guardian_id: z.uuid().optional(),
    /** The version that was read out or signed; the one in force where nothing is said. */
    text_version: z.number().int().positive().optional(),
  }),
  async run(ctx, input) {
    const { person_id } = input;
    if (!mayLookAfter(ctx.actor, person_id, await gridsOf(ctx, person_id))) notFound('person', person_id);
    return { id: await recordConsent(ctx, input) };
  },
});

/** As easy as giving it: one step, no reason asked. What hung on it ends at once. */
export const withdraw_consent = command({
  name: 'people.withdraw_consent',
  input: z.object({ person_id: z.uuid().optional(), purpose }),
  async run(ctx, input) {
    if (ctx.actor.kind === 'visitor') refuse('sign_in_first');
    const person_id = input.person_id ?? principalOf(ctx.actor);
    demand(carePolicy, 'withdraw_consent', await relationsTo(ctx, person_id), { kind: 'person', id: person_id });
    await takeBackConsent(ctx, person_id, input.purpose);
    return { id: person_id };
  },
});

const words = z.string().trim().min(20).max(2000);

/** A new text of a purpose in both languages. One that asks again ends the force of consents to older texts. */
export const publish_consent_text = command({
  name: 'people.publish_consent_text',
  input: z.object({
    purpose,
    expected_version: z.number().int().positive(),
    texts: z.object({ 'zh-CN': words, en: words }),
    asks_again: z.boolean(),
  }),
  async run(ctx, { expected_version, ...text }) {
    const thing = { kind: 'consent_text', id: ctx.community.id };
    demand(carePolicy, 'publish_consent_text', careRelations(ctx.actor, '', []), thing);
    const { version } = await inForce(ctx, text.purpose);
    if (version !== expected_version) refuse('stale');
    await insertText(ctx, { ...text, version: version + 1 });
    record(ctx, 'consent_text.published', { kind: 'community', id: ctx.community.id }, { purpose: text.purpose });
    return { version: version + 1 };
  },
});
