import { z } from 'zod';
import { maySpeak } from '#modules/groups/index.ts';
import { principalOf } from '#platform/actor.ts';
import { command } from '#platform/command.ts';
import { link, record } from '#platform/event.ts';
import { LARGEST_FEN } from '#platform/money.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { demandProject } from '../find.ts';
import { appendStep, insertProposal, setSponsor } from '../proposal.store.ts';
import { sealOfProposal } from '../proposal_history.ts';
import { lockRound } from '../venture_round.store.ts';
import { phaseOf } from '../venture_round.ts';

/** What a proposal is made of, for every command that writes one. */
export const new_proposal = z.object({
  round_id: z.uuid(),
  organisation_id: z.uuid().nullable().default(null),
  title: z.string().trim().min(1).max(80),
  summary: z.string().trim().min(1).max(200),
  body: z.string().trim().max(6000).default(''),
  category: z.string().max(60),
  asked_fen: z.number().int().positive().max(LARGEST_FEN),
  request_ids: z.array(z.uuid()).max(20).default([]),
});

/** A resident, or an organisation by whoever speaks for it, puts a project forward; the needs it grew from are linked. */
export const submit_proposal = command({
  name: 'projects.submit_proposal',
  input: new_proposal,
  async run(ctx, { round_id, request_ids, ...words }) {
    await demandProject(ctx, 'propose', { kind: 'venture_round', id: round_id });
    const round = (await lockRound(ctx, round_id, 'update')) ?? notFound('venture_round', round_id);
    if (phaseOf(round, ctx.now) !== 'proposing') refuse('not_proposing');
    const { rules } = round;
    const speaks = words.organisation_id ? await maySpeak(ctx, words.organisation_id) : true;
    if (!speaks) refuse('speaks_not', {}, { field: 'organisation_id' });
    const by = words.organisation_id ? 'organisations' : 'residents';
    if (rules.who_may_propose !== 'both' && rules.who_may_propose !== by)
      refuse(`only_${rules.who_may_propose}_propose`, {}, { field: 'organisation_id' });
    if (!rules.categories.some((one) => one.code === words.category))
      refuse('invalid_choice', {}, { field: 'category' });
    if (words.asked_fen > rules.budget_fen) refuse('dearer_than_budget', {}, { field: 'asked_fen' });
    const id = ctx.newId<'proposal'>();
    const proposer_id = principalOf(ctx.actor);
    const number = await insertProposal(ctx, { id, round_id, proposer_id, state: 'submitted', ...words });
    const step = await appendStep(ctx, id, 'submit');
    await setSponsor(ctx, id, proposer_id, true);
    for (const request of request_ids)
      await link(ctx, { kind: 'request', id: request }, 'grew_into', { kind: 'proposal', id });
    const { organisation_id, category, asked_fen } = words;
    const told = { round_id, number, requests: request_ids.length, organisation_id, category, asked_fen, ...step };
    const seal = sealOfProposal({ id, proposer_id, ...words });
    record(ctx, 'proposal.submitted', { kind: 'proposal', id }, { ...told, seal });
    return { id, number, round_number: round.number };
  },
});
