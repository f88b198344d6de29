import { z } from 'zod';
import { request_spending } from '#modules/funds/index.ts';
import { organisationById } from '#modules/groups/index.ts';
import { dateIn } from '#platform/clock.ts';
import { command } from '#platform/command.ts';
import { parse } from '#platform/input.ts';
import { notify } from '#platform/notify.ts';
import { refuse } from '#platform/refusal.ts';
import { demandMilestoneStep, demandStep, milestoneFor, takeProjectStep } from '../deliver.ts';
import { changeMilestone, insertEvidence } from '../milestone.store.ts';
import { escalationOf } from '../milestone.ts';
import { signaturesOf } from '../project.store.ts';
import { moneyOf } from '../project_money.ts';
import { findProposal } from '../proposal.store.ts';

const hashes = z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(6);

/** The organisation shows that a milestone is reached: words, and photos or documents where money hangs on it. */
export const submit_evidence = command({
  name: 'projects.submit_evidence',
  input: z.object({
    milestone_id: z.uuid(),
    words: z.string().trim().min(1).max(2000),
    file_hashes: hashes.default([]),
  }),
  async run(ctx, { milestone_id, words, file_hashes }) {
    const { project, milestone } = await milestoneFor(ctx, milestone_id, 'deliver');
    const state = demandMilestoneStep(milestone, 'submit');
    if (milestone.tranche_fen > 0 && file_hashes.length === 0) refuse('evidence_needed', {}, { field: 'photos' });
    const files = [...new Set(file_hashes)].sort();
    const step_id = await takeProjectStep(ctx, project, 'submit', { milestone_id, note: words, data: { files } });
    await insertEvidence(ctx, { project_id: project.id, milestone_id, step_id }, file_hashes);
    await changeMilestone(ctx, milestone_id, { state });
    return { id: project.id };
  },
});

/** The council accepts what was shown, or gives it back with what is missing. */
export const decide_milestone = command({
  name: 'projects.decide_milestone',
  input: z.object({
    milestone_id: z.uuid(),
    verdict: z.enum(['accept', 'return']),
    reason: z.string().trim().min(1).max(2000),
  }),
  async run(ctx, { milestone_id, verdict, reason }) {
    const { project, milestone } = await milestoneFor(ctx, milestone_id, 'decide');
    const state = demandMilestoneStep(milestone, verdict);
    await takeProjectStep(ctx, project, verdict, { milestone_id, note: reason });
    await changeMilestone(ctx, milestone_id, { state, decided_at: verdict === 'accept' ? ctx.now : null });
    return { id: project.id };
  },
});

/**
 * The organisation asks for the tranche of an accepted milestone with its photographed invoice. It becomes a spending in the
 * ledger: amount, payee and accounts come from the agreement, and others approve it there. What was given for this project
 * alone pays first, where it is enough; what the fund set aside is then left over.
 */
export const ask_tranche = command({
  name: 'projects.ask_tranche',
  input: z.object({ milestone_id: z.uuid(), file_hashes: hashes }),
  async run(ctx, { milestone_id, file_hashes }) {
    const { project, milestone } = await milestoneFor(ctx, milestone_id, 'deliver');
    demandStep(project, 'ask_tranche');
    if (!project.budget_line_id) refuse('not_funded');
    const { tranches, gifts } = await moneyOf(ctx, project, [milestone]);
    const [tranche] = tranches;
    if (tranche!.state !== 'due' && tranche!.state !== 'refused') refuse(`tranche_${tranche!.state}`);
    const isGiven = gifts !== null && gifts.free_fen >= milestone.tranche_fen;
    const organisation = (await organisationById(ctx, project.organisation_id!))!;
    const { title } = (await findProposal(ctx, project.proposal_id))!;
    const asked = parse(request_spending.input, {
      ...{
        debit_account_id: isGiven ? gifts.budget_line_id : project.budget_line_id,
        credit_account_id: project.bank_account_id,
      },
      ...{ amount_fen: milestone.tranche_fen, purpose: `${title} · ${milestone.title}`.slice(0, 400) },
      ...{ category: project.spending_category, payee_name: organisation.names['zh-CN'].slice(0, 80) },
      ...{ is_payee_public: true, file_hashes },
    });
    const spending = await request_spending.run(ctx, asked);
    await changeMilestone(ctx, milestone_id, { spending_id: spending.id });
    const data = { spending_id: spending.id, amount_fen: milestone.tranche_fen };
    await takeProjectStep(ctx, project, 'ask_tranche', { milestone_id, data });
    return { id: project.id, spending_id: spending.id, approvals_needed: spending.approvals_needed };
  },
});

/** Says that a milestone is due soon or late, each once: to whoever signed for the organisation, when late to both sides. */
export const escalate_milestone = command({
  name: 'projects.escalate_milestone',
  input: z.object({ milestone_id: z.uuid() }),
  async run(ctx, { milestone_id }) {
    const { project, milestone } = await milestoneFor(ctx, milestone_id, 'escalate');
    const level =
      milestone.state === 'planned' ? escalationOf(milestone.due_on, dateIn(ctx.community.time_zone, ctx.now)) : 0;
    if (level <= milestone.escalation) return { id: project.id, escalation: milestone.escalation };
    await takeProjectStep(ctx, project, 'escalate', { milestone_id, data: { level, due_on: milestone.due_on } });
    await changeMilestone(ctx, milestone_id, { escalation: level });
    const template = level === 2 ? 'project_milestone_late' : 'project_milestone_near';
    for (const { person_id, side } of await signaturesOf(ctx, project)) {
      if (level === 1 && side === 'community') continue;
      const subject = { kind: 'project', id: project.id };
      await notify(ctx, { person_id, template, vars: {}, subject, is_for_work: true }, `${milestone_id}/${level}`);
    }
    return { id: project.id, escalation: level };
  },
});
