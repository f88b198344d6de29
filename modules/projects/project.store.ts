import { sql } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import { refuse } from '#platform/refusal.ts';
import type { Agreement, Project, ProjectState, ProjectStep } from './project.ts';

const COLUMNS = [
  ...(['id', 'proposal_id', 'round_id', 'state', 'budget_fen', 'organisation_id', 'agreement'] as const),
  ...(['agreement_version', 'budget_line_id', 'bank_account_id', 'spending_category'] as const),
  ...(['created_at', 'begun_at', 'ended_at', 'version'] as const),
] as const;

const typed = (row: object) =>
  ({ ...row, budget_fen: Number((row as { budget_fen: unknown }).budget_fen) }) as unknown as Project;

export async function findProject(ctx: Ctx, id: string, lock = false): Promise<Project | undefined> {
  const from = ctx.tx
    .selectFrom('projects')
    .select(COLUMNS)
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id);
  const row = await (lock ? from.forUpdate() : from).executeTakeFirst();
  return row && typed(row);
}

export async function projectOfProposal(ctx: Ctx, proposal_id: string): Promise<Project | undefined> {
  const row = await ctx.tx
    .selectFrom('projects')
    .select(COLUMNS)
    .where('community_id', '=', ctx.community.id)
    .where('proposal_id', '=', proposal_id)
    .executeTakeFirst();
  return row && typed(row);
}

/** Writes the projects of a round: one a proposal that was chosen, at what vetting found it costs. Repeating adds none. */
export async function insertProjects(ctx: Ctx, round_id: string, pabulib_ids: readonly string[]) {
  const ids = pabulib_ids.map(() => ctx.newId<'project'>());
  const { rows } = await sql<{ id: string; proposal_id: string; budget_fen: string | number }>`
    insert into projects (community_id, id, proposal_id, round_id, state, budget_fen, created_at)
    select p.community_id, one.id, p.id, p.round_id, 'chosen', coalesce(p.reviewed_fen, p.asked_fen), ${ctx.now}
    from unnest(${ids}::uuid[], ${pabulib_ids}::text[]) as one (id, pabulib_id)
    join proposals p on p.community_id = ${ctx.community.id} and p.round_id = ${round_id} and p.pabulib_id = one.pabulib_id
    on conflict (community_id, proposal_id) do nothing returning id, proposal_id, budget_fen`.execute(ctx.tx);
  return rows.map((row) => ({ ...row, budget_fen: Number(row.budget_fen) }));
}

export type ProjectChangeSet = Partial<Omit<Project, 'id' | 'proposal_id' | 'round_id' | 'created_at' | 'version'>>;

export async function changeProject(ctx: Ctx, project: Project, change: ProjectChangeSet): Promise<void> {
  const { agreement, ...rest } = change;
  const { numUpdatedRows } = await ctx.tx
    .updateTable('projects')
    .set((e) => ({
      ...rest,
      ...(agreement && { agreement: JSON.stringify(agreement) }),
      version: e('version', '+', 1),
    }))
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', project.id)
    .where('version', '=', project.version)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) refuse('stale', {}, { kind: 'project', id: project.id });
}

export type ToldStep = { milestone_id?: string | null; note?: string | null; data?: Record<string, unknown> };

export async function appendProjectStep(
  ctx: Ctx,
  project_id: string,
  step: ProjectStep,
  id: string,
  told: ToldStep,
): Promise<void> {
  await ctx.tx
    .insertInto('project_steps')
    .values({
      ...{ community_id: ctx.community.id, id, project_id, step, at: ctx.now, actor_id: ctx.actor.id },
      ...{ on_behalf_of_id: ctx.actor.on_behalf_of_id ?? null, milestone_id: told.milestone_id ?? null },
      ...{ public_note: told.note ?? null, data: JSON.stringify(told.data ?? {}) },
    })
    .execute();
}

export type ProjectKnot = {
  id: string;
  step: ProjectStep;
  at: Date;
  actor_id: string;
  actor_name: string | null;
  milestone_id: string | null;
  public_note: string | null;
  data: Record<string, unknown>;
};

/** The life of a project, its latest five hundred steps, the oldest of them first. */
export async function stepsOfProject(ctx: Ctx, projectId: string): Promise<ProjectKnot[]> {
  const rows = await ctx.tx
    .selectFrom('project_steps as s')
    .leftJoin('people as who', (join) =>
      join.onRef('who.community_id', '=', 's.community_id').onRef('who.id', '=', 's.actor_id'),
    )
    .select(['s.id', 's.step', 's.at', 's.actor_id', 'who.public_name as actor_name', 's.milestone_id'])
    .select(['s.public_note', 's.data'])
    .where('s.community_id', '=', ctx.community.id)
    .where('s.project_id', '=', projectId)
    .orderBy('s.id', 'desc')
    .limit(500)
    .execute();
  return (rows as ProjectKnot[]).reverse();
}

export type Signature = { side: 'organisation' | 'community'; person_id: string; signed_at: Date; name: string | null };

export async function signaturesOf(ctx: Ctx, project: Project): Promise<Signature[]> {
  const rows = await ctx.tx
    .selectFrom('project_signatures as s')
    .leftJoin('people as who', (join) =>
      join.onRef('who.community_id', '=', 's.community_id').onRef('who.id', '=', 's.person_id'),
    )
    .select(['s.side', 's.person_id', 's.signed_at', 'who.public_name as name'])
    .where('s.community_id', '=', ctx.community.id)
    .where('s.project_id', '=', project.id)
    .where('s.agreement_version', '=', project.agreement_version)
    .orderBy('s.signed_at')
    .execute();
  return rows as Signature[];
}

export async function insertSignature(ctx: Ctx, project: Project, side: Signature['side']): Promise<void> {
  const { id: project_id, agreement_version } = project;
  await ctx.tx
    .insertInto('project_signatures')
    .values({
      ...{ community_id: ctx.community.id, project_id, agreement_version, side },
      ...{ person_id: ctx.actor.id, signed_at: ctx.now },
    })
    .execute();
}

export type ProjectFilter = { states?: readonly ProjectState[]; round_id?: string; organisation_id?: string };
export type ListedProject = Pick<
  Project,
  'id' | 'state' | 'budget_fen' | 'organisation_id' | 'begun_at' | 'ended_at'
> & {
  title: string;
  category: string;
  round_number: number;
  round_names: Record<string, string>;
  organisation_names: Record<string, string> | null;
  milestones: number;
  accepted: number;
  /** The first milestone that still has to be shown. */
  due_on: string | null;
  /** What the organisation has agreed to offer; nothing before both have signed, or once it was stopped. */
  offers: Agreement['offers'];
};

/** Projects, the latest chosen first, page by page. */
export async function projectsBy(
  ctx: Ctx,
  { states, round_id, organisation_id, before, limit }: ProjectFilter & { before?: string; limit: number },
): Promise<ListedProject[]> {
  const { rows } = await sql<ListedProject & { budget_fen: string | number }>`
    select p.id, p.state, p.budget_fen, p.organisation_id, p.begun_at, p.ended_at, o.title, o.category, r.number as round_number,
      r.names as round_names, g.names as organisation_names, m.milestones, m.accepted, m.due_on,
      case when p.state in ('running', 'reported', 'closed') then p.agreement -> 'offers' else '[]' end as offers
    from projects p
    join proposals o on o.community_id = p.community_id and o.id = p.proposal_id
    join venture_rounds r on r.community_id = p.community_id and r.id = p.round_id
    left join organisations g on g.community_id = p.community_id and g.id = p.organisation_id
    cross join lateral (
      select count(*) filter (where state <> 'dropped')::int as milestones, (count(*) filter (where state = 'accepted'))::int as accepted,
        (min(due_on) filter (where state = 'planned'))::text as due_on
      from project_milestones where community_id = p.community_id and project_id = p.id) m
    where p.community_id = ${ctx.community.id}
      and (${states ?? null}::text[] is null or p.state = any (${states ?? null}::text[]))
      and (${round_id ?? null}::uuid is null or p.round_id = ${round_id ?? null})
      and (${organisation_id ?? null}::uuid is null or p.organisation_id = ${organisation_id ?? null})
      and (${before ?? null}::uuid is null or p.id < ${before ?? null})
    order by p.id desc limit ${limit}`.execute(ctx.tx);
  return rows.map((row) => ({ ...row, budget_fen: Number(row.budget_fen) }));
}

export async function countProjects(
  ctx: Ctx,
  { round_id, organisation_id }: Omit<ProjectFilter, 'states'>,
): Promise<{ state: ProjectState; count: number; budget_fen: number }[]> {
  const { rows } = await sql<{ state: ProjectState; count: number; budget_fen: string }>`
    select state, count(*)::int as count, sum(budget_fen) as budget_fen from projects
    where community_id = ${ctx.community.id}
      and (${round_id ?? null}::uuid is null or round_id = ${round_id ?? null})
      and (${organisation_id ?? null}::uuid is null or organisation_id = ${organisation_id ?? null})
    group by state`.execute(ctx.tx);
  return rows.map((row) => ({ ...row, budget_fen: Number(row.budget_fen) }));
}
