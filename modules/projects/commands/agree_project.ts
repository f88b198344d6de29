import { z } from 'zod';
import { maySpeak, organisationById } from '#modules/groups/index.ts';
import { hashOfJson } from '#modules/log/index.ts';
import { dateIn } from '#platform/clock.ts';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { LARGEST_FEN } from '#platform/money.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { beginProjects, demandStep, projectFor, takeProjectStep } from '../deliver.ts';
import { demandProject, roundFor } from '../find.ts';
import { writeMilestones } from '../milestone.store.ts';
import { type Milestone, promisedFen } from '../milestone.ts';
import { findProject, insertSignature, signaturesOf } from '../project.store.ts';
import { type Agreement, DELIVERING_KINDS, type Project } from '../project.ts';
import { sealOfTitle } from '../project_history.ts';
import { findProposal } from '../proposal.store.ts';
import { resultOf } from '../result.store.ts';
import { round_names } from '../venture_round.ts';

/** What was chosen in a vote that was brought in from a file is carried out here. */
export const begin_projects = command({
  name: 'projects.begin_projects',
  input: z.object({ number: z.number().int().positive() }),
  async run(ctx, { number }) {
    const round = await roundFor(ctx, number);
    await demandProject(ctx, 'write_round', { kind: 'venture_round', id: round.id });
    const result = (await resultOf(ctx, round.id)) ?? refuse('result_missing');
    return { ids: await beginProjects(ctx, round.id, result.outcome.selected) };
  },
});

export const MOST_MILESTONES = 12;
const MOST_QUESTIONS = 5;

/**
 * Writes the agreement about a project, with its milestones: what is done by when and paid for it, what it will offer, what
 * those it serves are asked. Whoever carries it out may write it, or the council for them; a new text needs new signatures.
 */
export const draft_agreement = command({
  name: 'projects.draft_agreement',
  input: z.object({
    id: z.uuid(),
    expected_version: z.number().int().positive().optional(),
    organisation_id: z.uuid(),
    words: z.string().trim().min(1).max(4000),
    offers: z
      .array(z.object({ kind: z.enum(['service', 'activity']), title: z.string().trim().min(1).max(120) }))
      .max(10)
      .default([]),
    questions: z.array(round_names).min(1).max(MOST_QUESTIONS),
    milestones: z
      .array(
        z.object({
          title: z.string().trim().min(1).max(200),
          due_on: z.iso.date(),
          tranche_fen: z.number().int().min(0).max(LARGEST_FEN),
        }),
      )
      .min(1)
      .max(MOST_MILESTONES),
  }),
  async run(ctx, { id, expected_version, organisation_id, milestones, ...words }) {
    const project = await drafterOf(ctx, id, organisation_id);
    demandStep(project, 'draft');
    if (expected_version && expected_version !== project.version) refuse('stale', {}, { kind: 'project', id });
    const organisation = await organisationById(ctx, organisation_id);
    const where = { field: 'organisation_id' };
    if (!organisation || organisation.phase === 'closed') refuse('organisation_unknown', {}, where);
    if (!DELIVERING_KINDS.includes(organisation.kind)) refuse('organisation_not_delivering', {}, where);
    const today = dateIn(ctx.community.time_zone, ctx.now);
    milestones.forEach((one, i) => {
      if (one.due_on < today) refuse('day_past', {}, { field: `due_on_${i}` });
    });
    const promised = promisedFen(milestones.map((one) => ({ ...one, state: 'planned' as const })));
    if (promised > project.budget_fen) refuse('promises_too_much', { yuan: project.budget_fen / 100 });
    const written = await writeMilestones(ctx, id, milestones);
    const agreement: Agreement = words;
    const agreement_version = project.agreement_version + 1;
    const change = { organisation_id, agreement, agreement_version };
    const data = { organisation_id, agreement_version, promised, ...factsOfDraft(agreement, written) };
    await takeProjectStep(ctx, project, 'draft', { change, data });
    return { id, agreement_version };
  },
});

/** What was promised, as the log keeps it: days and amounts, and hashes of the words. */
function factsOfDraft(
  agreement: Agreement,
  milestones: readonly Pick<Milestone, 'id' | 'title' | 'due_on' | 'tranche_fen'>[],
) {
  return {
    agreement_sha256: hashOfJson(agreement),
    questions: agreement.questions.length,
    milestones: milestones.map(({ id, title, due_on, tranche_fen }) => ({
      ...{ id, due_on, tranche_fen, seal: sealOfTitle(id, title) },
    })),
  };
}

/** The project, locked, for whoever speaks for the organisation that offers to carry it out, or for the council. */
async function drafterOf(ctx: Ctx, id: string, organisation_id: string): Promise<Project> {
  const project = (await findProject(ctx, id, true)) ?? notFound('project', id);
  const offered = project.organisation_id ?? (await findProposal(ctx, project.proposal_id))?.organisation_id ?? null;
  // Of a project that is nobody's yet any organisation may offer itself; else it is for the one that proposed it.
  const isFree = offered === null || offered === organisation_id;
  if (isFree && (await maySpeak(ctx, organisation_id))) return project;
  return projectFor(ctx, id, 'decide');
}

/** Signs the agreement for one side. With both signatures the project begins; nobody signs for both. */
export const sign_agreement = command({
  name: 'projects.sign_agreement',
  input: z.object({
    id: z.uuid(),
    agreement_version: z.number().int().positive(),
    side: z.enum(['organisation', 'community']),
  }),
  async run(ctx, { id, agreement_version, side }) {
    const project = await projectFor(ctx, id, `sign_for_${side}`);
    demandStep(project, 'sign');
    if (agreement_version !== project.agreement_version) refuse('stale', {}, { kind: 'project', id });
    const signed = await signaturesOf(ctx, project);
    if (signed.some((one) => one.side === side)) refuse('signed_already');
    if (signed.some((one) => one.person_id === ctx.actor.id)) refuse('signed_other_side');
    await insertSignature(ctx, project, side);
    await takeProjectStep(ctx, project, 'sign', { data: { side, agreement_version } });
    if (signed.length === 0) return { id, state: project.state };
    await takeProjectStep(ctx, project, 'begin', { change: { begun_at: ctx.now } });
    return { id, state: project.state };
  },
});
