import { z } from 'zod';
import { organisationById, ownPosts } from '#modules/groups/index.ts';
import { isVerifiedResident, publicNames } from '#modules/people/index.ts';
import { principalOf } from '#platform/actor.ts';
import { dateIn } from '#platform/clock.ts';
import type { Ctx } from '#platform/context.ts';
import { allows } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { changesOf, risksOf } from '../change.store.ts';
import { objectionOf } from '../deliver.ts';
import { type DeliveryAction, deliveryPolicy, deliveryRelations } from '../delivery.policy.ts';
import { evidenceOf, isEvidence, milestonesOf } from '../milestone.store.ts';
import { escalationOf } from '../milestone.ts';
import { answersOf, hasAnswered, isBeneficiary } from '../outcome.store.ts';
import {
  countProjects,
  findProject,
  projectOfProposal,
  projectsBy,
  signaturesOf,
  stepsOfProject,
} from '../project.store.ts';
import { PROJECT_STATES, type Project, type ProjectStep, projectAfter, shownAnswers } from '../project.ts';
import { moneyOf } from '../project_money.ts';
import { findProposal, requestsBehind, stepsOf } from '../proposal.store.ts';
import { resultOf } from '../result.store.ts';
import { findRound } from '../venture_round.store.ts';

/** A project's whole life on one page: needs, proposal, vote, agreement, milestones, money, what came of it, closing. */
export const show_project = query({
  name: 'projects.show_project',
  reads: 'own',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const project = (await findProject(ctx, id)) ?? notFound('project', id);
    const milestones = await milestonesOf(ctx, id);
    const money = await moneyOf(ctx, project, milestones);
    const today = dateIn(ctx.community.time_zone, ctx.now);
    return {
      ...project,
      ...(await originOf(ctx, project)),
      organisation: project.organisation_id ? ((await organisationById(ctx, project.organisation_id)) ?? null) : null,
      signatures: await signaturesOf(ctx, project),
      milestones: milestones.map((one) => ({
        ...one,
        due: one.state === 'planned' && project.state === 'running' ? escalationOf(one.due_on, today) : (0 as const),
        tranche: money.tranches.find((tranche) => tranche.milestone_id === one.id)!,
      })),
      evidence: await evidenceOf(ctx, id),
      money,
      changes: await changesOf(ctx, id),
      risks: await risksOf(ctx, id),
      steps: await stepsOfProject(ctx, id),
      outcome: await outcomeFor(ctx, project),
      objection: await objectionOf(ctx, id, milestones, money),
      may: await rightsOf(ctx, project),
    };
  },
});

/** What the project was before: the needs, the proposal with its steps, the vote. */
async function originOf(ctx: Ctx, { proposal_id, round_id }: Project) {
  const { proposer_id, ...proposal } = (await findProposal(ctx, proposal_id))!;
  const round = (await findRound(ctx, { id: round_id }))!;
  const names = proposer_id ? await publicNames(ctx, [proposer_id]) : new Map<string, string>();
  const result = await resultOf(ctx, round_id);
  return {
    proposal: { ...proposal, proposer_name: proposer_id ? (names.get(proposer_id) ?? null) : null },
    round: { number: round.number, names: round.names, categories: round.rules.categories },
    published_at: result?.published_at ?? null,
    vote: result?.outcome.projects.find((one) => one.id === proposal.pabulib_id) ?? null,
    request_ids: await requestsBehind(ctx, proposal_id),
    proposal_steps: await stepsOf(ctx, proposal_id),
  };
}

/** Answers are shown when the project is reported, so that nobody can watch them come in one by one. */
async function outcomeFor(ctx: Ctx, project: Project) {
  const { people, counts } = await answersOf(ctx, project.id);
  const questions = project.agreement?.questions ?? [];
  const isOver = ['reported', 'closed', 'stopped'].includes(project.state);
  const isPerson = ctx.actor.kind === 'person';
  const me = principalOf(ctx.actor);
  const isOpen = projectAfter(project.state, 'answer') !== undefined;
  const is_served =
    isPerson && isOpen && ((await isVerifiedResident(ctx, me, ctx.now)) || (await isBeneficiary(ctx, project.id, me)));
  return {
    ...{ people, is_open: isOpen, is_served, has_answered: isPerson && (await hasAnswered(ctx, project.id, me)) },
    answers: isOver ? shownAnswers(counts, questions.length) : null,
  };
}

async function rightsOf(ctx: Ctx, project: Project) {
  const relations = deliveryRelations(ctx.actor, await ownPosts(ctx), project.organisation_id);
  const may = (action: DeliveryAction, step: ProjectStep) =>
    allows(deliveryPolicy, action, relations) && projectAfter(project.state, step) !== undefined;
  const speaks = relations.has('speaker');
  const signed = await signaturesOf(ctx, project);
  const maySign = (side: 'organisation' | 'community') =>
    may(`sign_for_${side}`, 'sign') && !signed.some((one) => one.side === side || one.person_id === ctx.actor.id);
  const offers = await spokenFor(ctx);
  const isOffered = project.organisation_id === null || offers.includes(project.organisation_id);
  return {
    draft:
      may('draft', 'draft') || (projectAfter(project.state, 'draft') !== undefined && offers.length > 0 && isOffered),
    decide_any: allows(deliveryPolicy, 'decide', relations),
    speaks_for: offers,
    sign_for_organisation: maySign('organisation'),
    sign_for_community: maySign('community') && !speaks,
    fund: may('fund', 'fund'),
    return_rest: may('fund', 'return_rest'),
    deliver: may('deliver', 'submit'),
    decide: !speaks && may('decide', 'accept'),
    watch: may('watch', 'open_risk'),
    close_risk: may('watch', 'close_risk'),
    name_beneficiary: may('name_beneficiary', 'name_beneficiary'),
    report: may('deliver', 'report'),
    decide_report: !speaks && may('decide', 'close'),
    stop: !speaks && may('decide', 'stop'),
  };
}

/** The organisations that the reader speaks for, by a post or because they handle for it. */
async function spokenFor(ctx: Ctx): Promise<string[]> {
  if (ctx.actor.on_behalf_of_id) return [];
  const held = (await ownPosts(ctx)).filter((post) => post.speaks_for && post.organisation_kind !== 'council');
  const handled = ctx.actor.roles.flatMap((one) => (one.role === 'handler' && one.scope_id ? [one.scope_id] : []));
  return [...new Set([...held.map((post) => post.organisation_id), ...handled])];
}

/** The projects, the latest chosen first, page by page, and how many of the round or organisation there are in each state. */
export const list_projects = query({
  name: 'projects.list_projects',
  reads: 'nobody',
  input: z.object({
    states: z.array(z.enum(PROJECT_STATES)).optional(),
    round_id: z.uuid().optional(),
    organisation_id: z.uuid().optional(),
    before: z.uuid().optional(),
    limit: z.number().int().min(1).max(100).default(30),
  }),
  async run(ctx, { limit, ...by }) {
    const rows = await projectsBy(ctx, { ...by, limit: limit + 1 });
    return {
      projects: rows.slice(0, limit),
      next: rows.length > limit ? rows[limit - 1]!.id : null,
      counts: await countProjects(ctx, by),
      today: dateIn(ctx.community.time_zone, ctx.now),
    };
  },
});

/** The project that a proposal became, when the vote chose it. */
export const find_project_of = query({
  name: 'projects.find_project_of',
  reads: 'nobody',
  input: z.object({ proposal_id: z.uuid() }),
  async run(ctx, { proposal_id }) {
    const project = await projectOfProposal(ctx, proposal_id);
    return project ? { id: project.id, state: project.state } : null;
  },
});

/** True for a photo or document that shows what a project has done: everybody may look. */
export const may_see_evidence = query({
  name: 'projects.may_see_evidence',
  reads: 'nobody',
  input: z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/) }),
  run: (ctx, { hash }) => isEvidence(ctx, hash),
});
