import { z } from 'zod';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { link, record } from '#platform/event.ts';
import { LARGEST_FEN } from '#platform/money.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { proposalFor } from '../find.ts';
import { appendStep, changeProposal, findProposal } from '../proposal.store.ts';
import { costOf, mayStep, type Proposal, type ProposalState, type ProposalStep } from '../proposal.ts';
import type { VentureRound } from '../venture_round.ts';

const words = z.string().trim().min(1).max(2000);
const version = z.number().int().positive().optional();

type Told = { note?: string; data?: Record<string, unknown>; change?: Partial<Proposal>; version?: number };

/** One step in the life of a proposal: it must be possible in its state, and nothing on a frozen ballot moves any more. */
async function step(
  ctx: Ctx,
  found: { proposal: Proposal; round: VentureRound },
  name: ProposalStep,
  told: Told,
  event: string,
) {
  const { proposal, round } = found;
  if (!mayStep(proposal.state, name)) refuse('proposal_step_impossible', {}, { kind: 'proposal', id: proposal.id });
  if (round.frozen_at && name !== 'reply') refuse('rules_frozen');
  await changeProposal(ctx, proposal.id, told.change ?? {}, told.version ?? proposal.version);
  const step = await appendStep(ctx, proposal.id, name, { note: told.note, data: told.data });
  record(ctx, event, { kind: 'proposal', id: proposal.id }, { round_id: round.id, ...told.data, ...step });
  return { id: proposal.id };
}

/**
 * The council or the secretary judges a proposal by each criterion of the rules, with reasons: admitted at the cost that was
 * reviewed, or refused. Whoever proposed it may reply, and a refusal can be taken back until the rules are frozen.
 */
export const vet_proposal = command({
  name: 'projects.vet_proposal',
  input: z.object({
    id: z.uuid(),
    expected_version: version,
    verdict: z.enum(['admit', 'refuse']),
    reason: words,
    /** For each criterion, in the order of the rules: met or not. */
    criteria: z.array(z.boolean()).max(12),
    reviewed_fen: z.number().int().positive().max(LARGEST_FEN).optional(),
  }),
  async run(ctx, { id, expected_version, verdict, reason, criteria, reviewed_fen }) {
    const found = await proposalFor(ctx, id, 'vet');
    const { rules } = found.round;
    if (criteria.length !== rules.criteria.length) refuse('criteria_missing', {}, { field: 'criteria' });
    if (verdict === 'admit' && criteria.includes(false)) refuse('criterion_unmet', {}, { field: 'criteria' });
    const cost = reviewed_fen ?? costOf(found.proposal);
    if (verdict === 'admit' && cost > rules.budget_fen) refuse('dearer_than_budget', {}, { field: 'reviewed_fen' });
    const state: ProposalState = verdict === 'admit' ? 'admitted' : 'refused';
    const change = { state, ...(verdict === 'admit' && { reviewed_fen: cost }) };
    const told = {
      note: reason,
      data: { criteria, reviewed_fen: change.reviewed_fen },
      change,
      version: expected_version,
    };
    return step(ctx, found, verdict, told, `proposal.${state}`);
  },
});

/** The right of reply: whoever proposed it answers, in words that stand beside the verdict. */
export const reply_to_vetting = command({
  name: 'projects.reply_to_vetting',
  input: z.object({ id: z.uuid(), text: words }),
  async run(ctx, { id, text }) {
    const found = await proposalFor(ctx, id, 'reply');
    return step(ctx, found, 'reply', { note: text }, 'proposal.replied');
  },
});

export const withdraw_proposal = command({
  name: 'projects.withdraw_proposal',
  input: z.object({ id: z.uuid(), reason: words }),
  async run(ctx, { id, reason }) {
    const found = await proposalFor(ctx, id, 'withdraw');
    return step(ctx, found, 'withdraw', { note: reason, change: { state: 'withdrawn' } }, 'proposal.withdrawn');
  },
});

/** Two proposals that want the same become one: this one goes into another of its round, which keeps its number. */
export const merge_proposal = command({
  name: 'projects.merge_proposal',
  input: z.object({ id: z.uuid(), into_id: z.uuid(), reason: words }),
  async run(ctx, { id, into_id, reason }) {
    const found = await proposalFor(ctx, id, 'vet');
    const into = (await findProposal(ctx, into_id)) ?? notFound('proposal', into_id);
    const fits = into.round_id === found.round.id && into_id !== id && ['submitted', 'admitted'].includes(into.state);
    if (!fits) refuse('merge_impossible', {}, { field: 'into_id' });
    await link(ctx, { kind: 'proposal', id }, 'merged_into', { kind: 'proposal', id: into_id });
    const change = { state: 'merged' as const, merged_into_id: into_id };
    return step(ctx, found, 'merge', { note: reason, data: { into_id }, change }, 'proposal.merged');
  },
});
