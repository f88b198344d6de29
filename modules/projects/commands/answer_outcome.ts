import { z } from 'zod';
import { ownPosts } from '#modules/groups/index.ts';
import { isVerifiedResident } from '#modules/people/index.ts';
import { isStaff, principalOf } from '#platform/actor.ts';
import { command } from '#platform/command.ts';
import { demand } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { demandStep, projectFor, recordOf } from '../deliver.ts';
import { deliveryPolicy, deliveryRelations } from '../delivery.policy.ts';
import { countAnswers, enterAnswerRoll, isBeneficiary, nameBeneficiary } from '../outcome.store.ts';
import { findProject } from '../project.store.ts';
import { sealOfServed } from '../project_history.ts';

/** Names somebody whom the project served, seen at a visit or in its activities: they may say what came of it. */
export const name_beneficiary = command({
  name: 'projects.name_beneficiary',
  input: z.object({ id: z.uuid(), person_id: z.uuid() }),
  async run(ctx, { id, person_id }) {
    const project = await projectFor(ctx, id, 'name_beneficiary');
    demandStep(project, 'name_beneficiary');
    await nameBeneficiary(ctx, id, person_id);
    recordOf(ctx, id, 'name_beneficiary', { person_seal: sealOfServed(ctx.keys, id, person_id) });
    return { id };
  },
});

/**
 * Somebody it served answers what came of a project, once. Only how often each answer was given is kept; `nonce` is made by
 * the page and stored nowhere, so that what the receipt hashes cannot be guessed from the few answers there are.
 */
export const answer_outcome = command({
  name: 'projects.answer_outcome',
  input: z.object({
    id: z.uuid(),
    nonce: z.string().min(16).max(80),
    scores: z.array(z.number().int().min(1).max(5)).max(8),
  }),
  async run(ctx, { id, scores }) {
    const project = (await findProject(ctx, id)) ?? notFound('project', id);
    const relations = deliveryRelations(ctx.actor, await ownPosts(ctx), project.organisation_id);
    demand(deliveryPolicy, 'answer', relations, { kind: 'project', id });
    demandStep(project, 'answer');
    if (relations.has('speaker')) refuse('own_project');
    const person = principalOf(ctx.actor);
    if (person !== ctx.actor.id && !isStaff(ctx.actor)) refuse('answer_yourself');
    const isServed = (await isVerifiedResident(ctx, person, ctx.now)) || (await isBeneficiary(ctx, id, person));
    if (!isServed) refuse('not_served');
    const { questions } = project.agreement!;
    const missing = questions.findIndex((_, i) => scores[i] === undefined);
    if (missing >= 0) refuse('answer_missing', {}, { field: `score_${missing}` });
    if (!(await enterAnswerRoll(ctx, id, person))) refuse('outcome_answered');
    await countAnswers(ctx, id, scores.slice(0, questions.length));
    recordOf(ctx, id, 'answer', { is_sealed: true });
    return { id };
  },
});
