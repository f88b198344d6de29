import { z } from 'zod';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { demandProject } from '../find.ts';
import { findProposal, setSponsor } from '../proposal.store.ts';

/** A neighbour stands by a proposal, or no longer. */
export const sponsor_proposal = command({
  name: 'projects.sponsor_proposal',
  input: z.object({ id: z.uuid(), stands: z.boolean() }),
  async run(ctx, { id, stands }) {
    const proposal = (await findProposal(ctx, id)) ?? notFound('proposal', id);
    await demandProject(ctx, 'sponsor', { kind: 'proposal', id }, proposal);
    if (ctx.actor.on_behalf_of_id) refuse('sponsor_yourself');
    if (!['submitted', 'admitted'].includes(proposal.state))
      refuse('proposal_step_impossible', {}, { kind: 'proposal', id });
    await setSponsor(ctx, id, ctx.actor.id, stands);
    record(ctx, stands ? 'proposal.sponsored' : 'proposal.sponsor_left', { kind: 'proposal', id });
    return { id };
  },
});
