import { ownPosts } from '#modules/groups/index.ts';
import type { Ctx } from '#platform/context.ts';
import { link, record } from '#platform/event.ts';
import { demand } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { changesWaiting } from './change.store.ts';
import { type DeliveryAction, deliveryPolicy, deliveryRelations } from './delivery.policy.ts';
import { findMilestone } from './milestone.store.ts';
import { type Milestone, type MilestoneStep, milestoneAfter, objectionToClosing } from './milestone.ts';
import {
  appendProjectStep,
  changeProject,
  findProject,
  insertProjects,
  type ProjectChangeSet,
  type ToldStep,
} from './project.store.ts';
import { type Project, type ProjectStep, projectAfter } from './project.ts';
import { EVENTS, sealOfStep } from './project_history.ts';
import type { ProjectMoney } from './project_money.ts';

/** Refuses unless the step is possible in the state the project is in, and gives the state after it. */
export function demandStep({ id, state }: Pick<Project, 'id' | 'state'>, step: ProjectStep) {
  return projectAfter(state, step) ?? refuse('project_step_impossible', {}, { kind: 'project', id });
}

export const recordOf = (ctx: Ctx, project_id: string, step: ProjectStep, data: Record<string, unknown> = {}) =>
  record(ctx, `project.${EVENTS[step]}`, { kind: 'project', id: project_id }, data);

/** One step in the life of a project that is locked: possible in its state, written into its history, told as a fact (`fact`: what only that says). */
export async function takeProjectStep(
  ctx: Ctx,
  project: Project,
  step: ProjectStep,
  told: ToldStep & { change?: ProjectChangeSet; fact?: Record<string, unknown> } = {},
): Promise<string> {
  const state = demandStep(project, step);
  await changeProject(ctx, project, { ...told.change, state });
  Object.assign(project, told.change, { state, version: project.version + 1 });
  const step_id = ctx.newId();
  recordOf(ctx, project.id, step, {
    ...{ ...told.data, ...told.fact, ...(told.milestone_id && { milestone_id: told.milestone_id }) },
    ...{ step_id, step_seal: sealOfStep(step_id, told.note ?? null, told.data) },
  });
  await appendProjectStep(ctx, project.id, step, step_id, told);
  return step_id;
}

/** The project, locked, for whoever may do this with it; `speaks` when they speak for the organisation that carries it out. */
export async function projectFor(ctx: Ctx, id: string, action: DeliveryAction) {
  const project = (await findProject(ctx, id, true)) ?? notFound('project', id);
  const relations = deliveryRelations(ctx.actor, await ownPosts(ctx), project.organisation_id);
  demand(deliveryPolicy, action, relations, { kind: 'project', id });
  // Nobody decides about what they carry out themselves.
  if (action === 'decide' && relations.has('speaker')) refuse('own_project');
  return project;
}

/** A milestone and its project, which is locked, for whoever may do this with it. */
export async function milestoneFor(ctx: Ctx, id: string, action: DeliveryAction) {
  const known = (await findMilestone(ctx, id)) ?? notFound('milestone', id);
  const project = await projectFor(ctx, known.project_id, action);
  return { project, milestone: (await findMilestone(ctx, id)) ?? notFound('milestone', id) };
}

/** Refuses unless the step is possible for the milestone, and gives the state after it. */
export function demandMilestoneStep({ id, state }: Milestone, step: MilestoneStep) {
  return milestoneAfter(state, step) ?? refuse('milestone_step_impossible', {}, { kind: 'milestone', id });
}

/** Why a project cannot be reported or closed yet, or nothing. */
export async function objectionOf(ctx: Ctx, id: string, milestones: readonly Milestone[], money: ProjectMoney) {
  const standing = { changes_waiting: await changesWaiting(ctx, id), left_fen: money.left_fen };
  const tranches = money.tranches.map((one) => one.state);
  return objectionToClosing(milestones, tranches, standing);
}

/** What was chosen in a round becomes projects, each linked to the proposal it was. */
export async function beginProjects(ctx: Ctx, round_id: string, pabulib_ids: readonly string[]): Promise<string[]> {
  const begun = await insertProjects(ctx, round_id, pabulib_ids);
  for (const { id, proposal_id, budget_fen } of begun) {
    await link(ctx, { kind: 'proposal', id: proposal_id }, 'became', { kind: 'project', id });
    record(ctx, 'project.chosen', { kind: 'project', id }, { proposal_id, budget_fen });
  }
  return begun.map((one) => one.id);
}
