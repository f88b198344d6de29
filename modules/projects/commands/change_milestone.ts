import { z } from 'zod';
import { sealOfWords } from '#modules/log/index.ts';
import { dateIn } from '#platform/clock.ts';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { LARGEST_FEN } from '#platform/money.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { findChange, findRisk, insertChange, insertRisk, settleChange, settleRisk } from '../change.store.ts';
import { demandMilestoneStep, demandStep, milestoneFor, projectFor, takeProjectStep } from '../deliver.ts';
import { changeMilestone, milestonesOf } from '../milestone.store.ts';
import { type Milestone, type MilestoneChange, promisedFen } from '../milestone.ts';
import type { Project } from '../project.ts';
import { sealOfTitle } from '../project_history.ts';

const reason = z.string().trim().min(1).max(2000);

/** Refuses what cannot be changed: of a milestone that is shown or decided, to a day that is past, beyond the budget. */
async function demandChange(ctx: Ctx, project: Project, milestone: Milestone, after: MilestoneChange): Promise<void> {
  if (milestone.state !== 'planned') refuse('milestone_step_impossible', {}, { kind: 'milestone', id: milestone.id });
  if ('due_on' in after && after.due_on < dateIn(ctx.community.time_zone, ctx.now))
    refuse('day_past', {}, { field: 'due_on' });
  if (!('tranche_fen' in after)) return;
  const others = (await milestonesOf(ctx, project.id)).filter((one) => one.id !== milestone.id);
  if (promisedFen(others) + after.tranche_fen > project.budget_fen)
    refuse('promises_too_much', { yuan: project.budget_fen / 100 }, { field: 'tranche_fen' });
}

/** What stands now of that which is to be changed. */
function standing(milestone: Milestone, after: MilestoneChange): MilestoneChange | Record<string, never> {
  if ('title' in after) return { title: milestone.title };
  if ('due_on' in after) return { due_on: milestone.due_on };
  return 'tranche_fen' in after ? { tranche_fen: milestone.tranche_fen } : {};
}

/** A change as a fact. Facts stay in the log for ever, so the words of a title are not in them. */
function factOf(change_id: string, milestone_id: string, before: MilestoneChange, after: MilestoneChange) {
  if (!('title' in after && 'title' in before)) return { change_id, before, after };
  const [seal_before, seal] = [before, after].map(({ title }) => sealOfTitle(milestone_id, title));
  return { change_id, what: 'title', seal_before, seal };
}

/** The organisation asks for one thing of a milestone to be changed, with the reason. What stood is kept beside it. */
export const ask_change = command({
  name: 'projects.ask_change',
  input: z.object({
    milestone_id: z.uuid(),
    change: z.union([
      z.strictObject({ title: z.string().trim().min(1).max(200) }),
      z.strictObject({ due_on: z.iso.date() }),
      z.strictObject({ tranche_fen: z.number().int().min(0).max(LARGEST_FEN) }),
      z.strictObject({ dropped: z.literal(true) }),
    ]),
    reason,
  }),
  async run(ctx, { milestone_id, change: after, reason }) {
    const { project, milestone } = await milestoneFor(ctx, milestone_id, 'deliver');
    demandStep(project, 'ask_change');
    await demandChange(ctx, project, milestone, after);
    const id = ctx.newId<'project_change'>();
    const before = standing(milestone, after) as MilestoneChange;
    await insertChange(ctx, { id, project_id: project.id, milestone_id, before, after, reason });
    const data = factOf(id, milestone_id, before, after);
    const fact = { reason_seal: sealOfWords(id, reason) };
    await takeProjectStep(ctx, project, 'ask_change', { milestone_id, note: reason, data, fact });
    return { id };
  },
});

/** The council approves a change, which is made at once, or refuses it; both with a reason. */
export const decide_change = command({
  name: 'projects.decide_change',
  input: z.object({ id: z.uuid(), verdict: z.enum(['approve', 'refuse']), reason }),
  async run(ctx, { id, verdict, reason }) {
    const known = (await findChange(ctx, id)) ?? notFound('project_change', id);
    const { project, milestone } = await milestoneFor(ctx, known.milestone_id, 'decide');
    const { state, before, after } = (await findChange(ctx, id))!;
    if (state !== 'waiting') refuse('change_decided');
    const step = `${verdict}_change` as const;
    demandStep(project, step);
    if (verdict === 'approve') {
      await demandChange(ctx, project, milestone, after);
      if ('dropped' in after)
        await changeMilestone(ctx, milestone.id, {
          state: demandMilestoneStep(milestone, 'drop'),
          decided_at: ctx.now,
        });
      else await changeMilestone(ctx, milestone.id, { ...after, ...('due_on' in after && { escalation: 0 }) });
    }
    await settleChange(ctx, id, verdict === 'approve' ? 'approved' : 'refused', reason);
    const data = factOf(id, milestone.id, before, after);
    const fact = { decided_seal: sealOfWords(id, reason) };
    await takeProjectStep(ctx, project, step, { milestone_id: milestone.id, note: reason, data, fact });
    return { id: project.id };
  },
});

const line = z.string().trim().min(1).max(400);

/** Says what could go wrong and what is done about it. */
export const open_risk = command({
  name: 'projects.open_risk',
  input: z.object({ id: z.uuid(), risk: line, response: line }),
  async run(ctx, { id, risk, response }) {
    const project = await projectFor(ctx, id, 'watch');
    demandStep(project, 'open_risk');
    const risk_id = ctx.newId<'risk'>();
    await insertRisk(ctx, { id: risk_id, project_id: id, risk, response });
    await takeProjectStep(ctx, project, 'open_risk', {
      note: risk,
      data: { risk_id },
      fact: { seal: sealOfWords(risk_id, risk, response) },
    });
    return { id: risk_id };
  },
});

export const close_risk = command({
  name: 'projects.close_risk',
  input: z.object({ risk_id: z.uuid(), reason: line }),
  async run(ctx, { risk_id, reason }) {
    const known = (await findRisk(ctx, risk_id)) ?? notFound('risk', risk_id);
    const project = await projectFor(ctx, known.project_id, 'watch');
    if ((await findRisk(ctx, risk_id))!.closed_at) refuse('risk_closed');
    demandStep(project, 'close_risk');
    await settleRisk(ctx, risk_id, reason);
    await takeProjectStep(ctx, project, 'close_risk', {
      note: reason,
      data: { risk_id },
      fact: { seal: sealOfWords(risk_id, reason) },
    });
    return { id: project.id };
  },
});
