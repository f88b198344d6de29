import { ownPosts } from '#modules/groups/index.ts';
import type { Ctx } from '#platform/context.ts';
import { demand } from '#platform/policy.ts';
import { notFound } from '#platform/refusal.ts';
import { type ProjectAction, projectPolicy, projectRelations } from './project.policy.ts';
import { findProposal } from './proposal.store.ts';
import type { Proposal } from './proposal.ts';
import { findRound, lockRound } from './venture_round.store.ts';
import type { VentureRound } from './venture_round.ts';

/** Refuses with `not_found` unless the actor may do it in the venture, or with this proposal. */
export async function demandProject(
  ctx: Ctx,
  action: ProjectAction,
  thing: { kind: string; id: string },
  proposal?: Proposal,
) {
  demand(projectPolicy, action, projectRelations(ctx.actor, await ownPosts(ctx), proposal), thing);
}

/** The proposal and its round, both locked, for whoever may do this with it. */
export async function proposalFor(
  ctx: Ctx,
  id: string,
  action: ProjectAction,
): Promise<{ proposal: Proposal; round: VentureRound }> {
  // The round first, always, so that freezing and vetting wait for each other and never for ever.
  const known = (await findProposal(ctx, id)) ?? notFound('proposal', id);
  const round = (await lockRound(ctx, known.round_id, 'update')) ?? notFound('proposal', id);
  const proposal = (await findProposal(ctx, id, true)) ?? notFound('proposal', id);
  await demandProject(ctx, action, { kind: 'proposal', id }, proposal);
  return { proposal, round };
}

export const roundFor = async (ctx: Ctx, number: number): Promise<VentureRound> =>
  (await findRound(ctx, { number })) ?? notFound('venture_round', String(number));
