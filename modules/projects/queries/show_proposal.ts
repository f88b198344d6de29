import { z } from 'zod';
import { organisationById, ownPosts } from '#modules/groups/index.ts';
import { publicNames } from '#modules/people/index.ts';
import { allows } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { projectPolicy, projectRelations } from '../project.policy.ts';
import { findProposal, requestsBehind, sponsorsOf, stepsOf } from '../proposal.store.ts';
import { mayStep, type ProposalStep } from '../proposal.ts';
import { resultOf } from '../result.store.ts';
import { findRound } from '../venture_round.store.ts';
import { phaseOf } from '../venture_round.ts';

/** A proposal's whole life: what it is, the needs it grew from, every step with its reasons, and what the vote said. */
export const show_proposal = query({
  name: 'projects.show_proposal',
  reads: 'nobody',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const { proposer_id, ...proposal } = (await findProposal(ctx, id)) ?? notFound('proposal', id);
    const round = (await findRound(ctx, { id: proposal.round_id })) ?? notFound('proposal', id);
    const relations = projectRelations(ctx.actor, await ownPosts(ctx), { ...proposal, proposer_id });
    const may = (action: 'vet' | 'reply' | 'withdraw' | 'sponsor', step: ProposalStep) =>
      allows(projectPolicy, action, relations) &&
      mayStep(proposal.state, step) &&
      (!round.frozen_at || step === 'reply');
    const me = ctx.actor.kind === 'person' && !ctx.actor.on_behalf_of_id ? ctx.actor.id : null;
    const result = await resultOf(ctx, round.id);
    const names = proposer_id ? await publicNames(ctx, [proposer_id]) : new Map<string, string>();
    return {
      ...proposal,
      round: {
        id: round.id,
        number: round.number,
        names: round.names,
        rules: round.rules,
        phase: phaseOf(round, ctx.now),
      },
      proposer_name: proposer_id ? (names.get(proposer_id) ?? null) : null,
      organisation: proposal.organisation_id ? ((await organisationById(ctx, proposal.organisation_id)) ?? null) : null,
      steps: await stepsOf(ctx, id),
      sponsors: await sponsorsOf(ctx, id, me),
      request_ids: await requestsBehind(ctx, id),
      merged_into: proposal.merged_into_id ? ((await findProposal(ctx, proposal.merged_into_id)) ?? null) : null,
      outcome: result?.outcome.projects.find((one) => one.id === proposal.pabulib_id) ?? null,
      may: {
        ...{ vet: may('vet', proposal.state === 'admitted' ? 'refuse' : 'admit'), merge: may('vet', 'merge') },
        ...{ reply: may('reply', 'reply'), withdraw: may('withdraw', 'withdraw') },
        sponsor: me !== null && ['submitted', 'admitted'].includes(proposal.state) && !round.closed_at,
      },
    };
  },
});
