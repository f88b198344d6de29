import type { Ctx } from '#platform/context.ts';
import type { MilestoneChange } from './milestone.ts';

export type ProjectChange = {
  id: string;
  project_id: string;
  milestone_id: string;
  before: MilestoneChange;
  after: MilestoneChange;
  reason: string;
  asked_at: Date;
  asked_by_id: string;
  state: 'waiting' | 'approved' | 'refused';
  decided_at: Date | null;
  decided_reason: string | null;
};

const COLUMNS = [
  ...(['id', 'project_id', 'milestone_id', 'before', 'after', 'reason', 'asked_at', 'asked_by_id', 'state'] as const),
  ...(['decided_at', 'decided_reason'] as const),
] as const;

type NewChange = Pick<ProjectChange, 'id' | 'project_id' | 'milestone_id' | 'before' | 'after' | 'reason'>;

export async function insertChange(ctx: Ctx, { before, after, ...one }: NewChange): Promise<void> {
  await ctx.tx
    .insertInto('project_changes')
    .values({
      ...{ community_id: ctx.community.id, ...one, before: JSON.stringify(before), after: JSON.stringify(after) },
      ...{ asked_at: ctx.now, asked_by_id: ctx.actor.id, state: 'waiting' },
    })
    .execute();
}

export async function findChange(ctx: Ctx, id: string): Promise<ProjectChange | undefined> {
  const row = await ctx.tx
    .selectFrom('project_changes')
    .select(COLUMNS)
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .executeTakeFirst();
  return row as ProjectChange | undefined;
}

/** The changes of a project, the latest two hundred, the oldest of them first. */
export async function changesOf(ctx: Ctx, projectId: string): Promise<ProjectChange[]> {
  const rows = await ctx.tx
    .selectFrom('project_changes')
    .select(COLUMNS)
    .where('community_id', '=', ctx.community.id)
    .where('project_id', '=', projectId)
    .orderBy('id', 'desc')
    .limit(200)
    .execute();
  return (rows as unknown as ProjectChange[]).reverse();
}

/** How many changes of a project nobody has decided about yet. */
export async function changesWaiting(ctx: Ctx, projectId: string): Promise<number> {
  const row = await ctx.tx
    .selectFrom('project_changes')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('community_id', '=', ctx.community.id)
    .where('project_id', '=', projectId)
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

export async function settleChange(ctx: Ctx, id: string, state: 'approved' | 'refused', reason: string): Promise<void> {
  await ctx.tx
    .updateTable('project_changes')
    .set({ state, decided_at: ctx.now, decided_by_id: ctx.actor.id, decided_reason: reason })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}

export type Risk = {
  id: string;
  project_id: string;
  risk: string;
  response: string;
  opened_at: Date;
  closed_at: Date | null;
  closed_reason: string | null;
};

const RISK = ['id', 'project_id', 'risk', 'response', 'opened_at', 'closed_at', 'closed_reason'] as const;

export async function insertRisk(ctx: Ctx, one: Pick<Risk, 'id' | 'project_id' | 'risk' | 'response'>): Promise<void> {
  await ctx.tx
    .insertInto('project_risks')
    .values({ community_id: ctx.community.id, ...one, opened_at: ctx.now, opened_by_id: ctx.actor.id })
    .execute();
}

export async function findRisk(ctx: Ctx, id: string): Promise<Risk | undefined> {
  return ctx.tx
    .selectFrom('project_risks')
    .select(RISK)
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function risksOf(ctx: Ctx, projectId: string): Promise<Risk[]> {
  return ctx.tx
    .selectFrom('project_risks')
    .select(RISK)
    .where('community_id', '=', ctx.community.id)
    .where('project_id', '=', projectId)
    .orderBy('id')
    .limit(200)
    .execute();
}

export async function settleRisk(ctx: Ctx, id: string, reason: string): Promise<void> {
  await ctx.tx
    .updateTable('project_risks')
    .set({ closed_at: ctx.now, closed_by_id: ctx.actor.id, closed_reason: reason })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}
