import { z } from 'zod';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { refuse } from '#platform/refusal.ts';
import { demandStep, objectionOf, projectFor, takeProjectStep } from '../deliver.ts';
import { milestonesOf } from '../milestone.store.ts';
import { answersOf } from '../outcome.store.ts';
import type { Project } from '../project.ts';
import { sealOfAnswers } from '../project_history.ts';
import { moneyOf } from '../project_money.ts';

const words = z.string().trim().min(1).max(4000);

/** Refuses while a milestone is undecided, a change waits, or money is owed or left over. */
async function demandDone(ctx: Ctx, project: Project): Promise<void> {
  const milestones = await milestonesOf(ctx, project.id);
  const objection = await objectionOf(ctx, project.id, milestones, await moneyOf(ctx, project, milestones));
  if (objection) refuse(objection);
}

/** With the end nobody answers any more: how often each answer was given is sealed in the log. */
async function ending(ctx: Ctx, id: string) {
  const { counts } = await answersOf(ctx, id);
  const answers = counts.map((one) => [one.question, one.score, one.count]);
  return { change: { ended_at: ctx.now }, data: { answers_seal: sealOfAnswers(ctx.keys, id, answers) } };
}

/** The organisation writes the closing report: what was done, what came of it, what stays. */
export const report_project = command({
  name: 'projects.report_project',
  input: z.object({ id: z.uuid(), words }),
  async run(ctx, { id, words }) {
    const project = await projectFor(ctx, id, 'deliver');
    demandStep(project, 'report');
    await demandDone(ctx, project);
    await takeProjectStep(ctx, project, 'report', { note: words });
    return { id };
  },
});

/** The council closes a project on its report, or gives the report back with what is missing. */
export const decide_report = command({
  name: 'projects.decide_report',
  input: z.object({ id: z.uuid(), verdict: z.enum(['close', 'return']), reason: words }),
  async run(ctx, { id, verdict, reason }) {
    const project = await projectFor(ctx, id, 'decide');
    const step = verdict === 'close' ? 'close' : 'return_report';
    demandStep(project, step);
    if (verdict === 'close') await demandDone(ctx, project);
    await takeProjectStep(ctx, project, step, { note: reason, ...(verdict === 'close' && (await ending(ctx, id))) });
    return { id, state: project.state };
  },
});

/** The council stops a project that will not be finished. What it was not paid goes back to the fund. */
export const stop_project = command({
  name: 'projects.stop_project',
  input: z.object({ id: z.uuid(), reason: words }),
  async run(ctx, { id, reason }) {
    const project = await projectFor(ctx, id, 'decide');
    demandStep(project, 'stop');
    const { tranches } = await moneyOf(ctx, project, await milestonesOf(ctx, id));
    if (tranches.some((one) => one.state === 'waiting')) refuse('money_unsettled');
    await takeProjectStep(ctx, project, 'stop', { note: reason, ...(await ending(ctx, id)) });
    return { id };
  },
});
